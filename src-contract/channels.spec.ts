import type { TObject, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import type { Channel } from './channel.ts';
import { CHANNELS, type FeedName } from './channels.ts';
import { EVENT_BODIES } from './event-bodies.ts';
import { FEED_KEYS, feedKey } from './feed-keys.ts';

const table: [string, Channel][] = Object.entries(CHANNELS);
const calls = table.flatMap(([name, channel]) => (channel.kind === 'feed' ? [] : [{ name, channel }]));
const feeds = table.flatMap(([name, channel]) => (channel.kind === 'feed' ? [{ name, channel }] : []));

describe('the channel table', () => {
  it.each(calls.filter(({ channel }) => channel.http !== undefined))(
    'takes every path parameter of $name as a required argument',
    ({ channel }) => {
      const { properties, required } = channel.args;
      const parameters = channel.http?.path.match(/:[a-z_]+/g)?.map((name) => name.slice(1)) ?? [];
      for (const parameter of parameters) {
        expect(Object.keys(properties)).toContain(parameter);
        expect(required).toContain(parameter);
      }
    },
  );

  it('gives no method and path twice', () => {
    const routes = calls.flatMap(({ channel }) =>
      channel.http === undefined ? [] : [`${channel.http.method} ${channel.http.path.replace(/:\w+/g, ':')}`],
    );
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('reads by GET and changes by anything else', () => {
    for (const { channel } of calls) {
      if (channel.http !== undefined) expect(channel.http.method === 'GET').toBe(channel.kind === 'query');
    }
  });

  it('says what every channel is for', () => {
    for (const [, { summary }] of table) expect(summary.length).toBeGreaterThan(10);
  });

  it.each(table)('has schemas of %s that compile', (_name, channel) => {
    const schemas: TSchema[] =
      channel.kind === 'feed' ? [channel.params, channel.head, channel.row] : [channel.args, channel.result];
    for (const schema of schemas) expect(typeof Compile(schema).Check(undefined)).toBe('boolean');
  });

  it('has arguments that are objects, so that REST can name each', () => {
    for (const [, channel] of table) {
      const schema: TObject = channel.kind === 'feed' ? channel.params : channel.args;
      expect(schema.type).toBe('object');
    }
  });

  it('pages every list alike', () => {
    for (const { name, channel } of calls.filter((call) => call.name.endsWith('.list'))) {
      expect([name, Object.keys(channel.args.properties)]).toEqual([
        name,
        expect.arrayContaining(['limit', 'cursor']),
      ]);
      const check = Compile(channel.args);
      expect([0, 1, 1000, 1001, 1.5].map((limit) => check.Check({ limit }))).toEqual([
        false,
        true,
        true,
        false,
        false,
      ]);
    }
  });
});

describe('feed keys', () => {
  it('are those of the table, for every feed', () => {
    expect(FEED_KEYS).toEqual(Object.fromEntries(feeds.map(({ name, channel }) => [name, channel.key])));
  });

  it('are fields of the rows, where a feed has rows', () => {
    for (const { name, channel } of feeds) {
      const fields = Object.keys((channel.row as TObject).properties);
      if (fields.length > 0) expect(fields).toContain(feedKey(name as FeedName));
    }
  });
});

describe('settings.set', () => {
  const check = Compile(CHANNELS['settings.set'].args);

  it.each([
    { colour: 'red' },
    { nats: { has_secret: true } },
    { appearance: { extra: 1 } },
    { retention: { x: 1 } },
  ])('refuses %j: what is not a setting would be kept for good', (patch) => {
    expect(check.Check(patch)).toBe(false);
  });

  it('takes any part of the settings', () => {
    expect(check.Check({})).toBe(true);
    expect(check.Check({ nats: { secret: 's' }, appearance: { theme: 'dark' } })).toBe(true);
  });
});

describe('event bodies', () => {
  it.each(Object.entries(EVENT_BODIES))('of %s may be dated, by a time only', (_family, body) => {
    const check = Compile<TSchema>(body);
    const dated = [...check.Errors({ occurred_at: 'yesterday' })].map(({ instancePath }) => instancePath);
    expect(dated).toContain('/occurred_at');
  });
});
