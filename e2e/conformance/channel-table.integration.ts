import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { CHANNELS, type CallName, type FeedName } from '../../src-contract/channels.ts';
import type { FeedChannel } from '../../src-contract/channel.ts';
import type { FeedPart } from '../../src-contract/frames.ts';
import { startNatsWorld, type NatsWorld } from '../fixtures/nats-world.ts';
import { PortfolioMarket } from '../fixtures/portfolio-market.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { CALL_CASES } from './call-cases.ts';
import { desktopLink } from './desktop-link.ts';
import { directLink } from './direct-link.ts';
import { FEED_CASES, type Nudge } from './feed-cases.ts';
import type { Link, StartLink } from './link.ts';
import { webSocketLink } from './web-socket-link.ts';
import { Wire } from './wire.ts';

const LINKS: Record<string, StartLink> = {
  'direct call': directLink,
  'IPC, built bundle and preload': desktopLink,
  WebSocket: webSocketLink,
};
const CALLS = Object.keys(CALL_CASES) as CallName[];
const FEEDS = Object.keys(FEED_CASES) as FeedName[];
const movesByTime = (name: FeedName): boolean => FEED_CASES[name].nudge === 'time';
/** Those that move every second do nothing to each other, so they are waited for side by side. */
const FEEDS_BY_MOVER: [string, FeedName[], concurrent: boolean][] = [
  ['what happens', FEEDS.filter((name) => !movesByTime(name)), false],
  ['time', FEEDS.filter(movesByTime), true],
];
const SLUG = 'fund-01';

/** Fails with what the schema finds wrong, and where. */
function expectValid(schema: TSchema, value: unknown, what: string): void {
  const check = Compile(schema);
  const wrong = check.Check(value)
    ? []
    : check.Errors(value).map(({ instancePath, message }) => `${what}${instancePath} ${message}`);
  expect(wrong).toEqual([]);
}

function expectValidPart({ head, row, key }: FeedChannel, { snapshot, patch }: FeedPart): void {
  if (snapshot !== undefined) expectValid(head, snapshot.head, 'head');
  if (patch !== undefined && 'head' in patch) expectValid(head, patch.head, 'head');
  for (const given of [...(snapshot?.rows ?? []), ...(patch?.set ?? [])]) {
    expectValid(row, given, 'row');
    expect(given).toHaveProperty(key);
  }
  for (const dropped of patch?.drop ?? []) expect(typeof dropped).toBe('string');
}

describe('the cases of this suite', () => {
  it('cover every channel of the table', () => {
    expect([...CALLS, ...FEEDS].sort()).toEqual(Object.keys(CHANNELS).sort());
  });
});

describe.each(Object.entries(LINKS))('the channel table over %s', (_, start) => {
  const folder = temporaryFolder();
  const market = new PortfolioMarket('dev');
  let nats: NatsWorld;
  let link: Link;
  let wire: Wire;
  let nudges = 0;
  let isWatched = false;
  let isTripped = false;

  beforeAll(async () => {
    nats = await startNatsWorld(['dev']);
    await nats.publish([...market.opening(4, 'fund'), { subject: 'dev.stock.price_updated', body: '{' }]);
    link = await start(folder.path, nats.url);
    wire = await Wire.greeted(link.transport);
    await vi.waitUntil(async () => (await wire.call('portfolio.get', { slug: SLUG })).ok, {
      timeout: 20_000,
    });
  });
  afterAll(async () => {
    await link.stop();
    await nats.server.stop();
    folder.remove();
  });

  async function nudge(how: Nudge): Promise<void> {
    nudges += 1;
    if (how === 'settings') {
      const density = nudges % 2 === 0 ? 'compact' : 'comfortable';
      await wire.call('settings.set', { appearance: { density } });
    }
    if (how === 'watch') {
      isWatched = !isWatched;
      await wire.call(isWatched ? 'subscription.add' : 'subscription.remove', { symbol: 'SYM1' });
    }
    if (how === 'trip') {
      isTripped = !isTripped;
      await wire.call(isTripped ? 'breaker.trip' : 'breaker.reset', {});
    }
    if (how === 'invoice') {
      await wire.call('invoice.issue', {
        number: `N-${nudges}`,
        invoice: { company: 'Acme', net: '1.00', currency: 'EUR' },
      });
    }
    if (how === 'export') await wire.call('invoices.export', { format: 'csv', filter: {} });
    if (how === 'activity') {
      const body = { user: 'ada@example.com', type: `task_${nudges}` };
      await nats.publish([{ subject: 'dev.activity.recorded', body: JSON.stringify(body) }]);
    }
    if (how === 'price') await nats.publish([market.price('SYM1', 10 + nudges)]);
    if (how === 'opt-out') {
      const slug = `passing-${nudges}`;
      const holdings = [{ symbol: 'SYM1', quantity: 1, avg_price: 1 }];
      await nats.publish([market.optIn(slug, holdings), market.optOut(slug)]);
    }
  }

  it.each(CALLS)('%s answers good arguments as its schema says', async (name) => {
    const { good, env = 'dev' } = CALL_CASES[name];
    await wire.call('environment.set', { name: env });
    for (const args of good(SLUG)) {
      const result = await wire.call(name, args);
      expect(result).toMatchObject({ ok: true });
      if (result.ok) expectValid(CHANNELS[name].result, result.value, name);
    }
    await wire.call('environment.set', { name: 'dev' });
  });

  it.each(CALLS)('%s refuses bad arguments and names the field', async (name) => {
    for (const { args, field } of CALL_CASES[name].bad) {
      expect([args, await wire.call(name, args)]).toMatchObject([
        args,
        { ok: false, error: { code: 'invalid_argument', message: expect.any(String), details: { field } } },
      ]);
    }
  });

  describe.each(FEEDS_BY_MOVER)('feeds that move by %s', (_mover, names, concurrent) => {
    it.each(names)('%s gives a snapshot, then patches, as its schemas say', { concurrent }, async (name) => {
      const { params, nudge: how } = FEED_CASES[name];
      const feed = wire.open(name, params(SLUG));
      const first = await feed.next(() => true);
      expect(first).toMatchObject({ seq: 0, snapshot: { rows: expect.any(Array) } });
      await nudge(how);
      await feed.next(({ patch }) => patch !== undefined);
      feed.resync();
      await nudge(how);
      const again = await feed.next(({ snapshot }) => snapshot !== undefined);
      await nudge(how);
      await feed.next(({ patch, seq }) => patch !== undefined && seq > again.seq);
      for (const part of feed.parts) expectValidPart(CHANNELS[name], part);
      expect(feed.parts.map(({ seq }) => seq)).toEqual(feed.parts.map((_part, index) => index));
      feed.close();
    });

    it.each(names)('%s says nothing more once it is closed', { concurrent }, async (name) => {
      const { params, nudge: how } = FEED_CASES[name];
      const closed = wire.open(name, params(SLUG));
      await closed.next(() => true);
      closed.close();
      const witness = wire.open(name, params(SLUG));
      await witness.next(() => true);
      const { length } = closed.parts;
      await nudge(how);
      await witness.next(({ patch }) => patch !== undefined);
      expect(closed.parts).toHaveLength(length);
      witness.close();
    });

    it.each(names)('%s refuses bad parameters and names the field', { concurrent }, async (name) => {
      for (const { params, field } of FEED_CASES[name].bad) {
        const refused = await wire.open(name, params).refused;
        expect(refused).toMatchObject({ code: 'invalid_argument', details: { field } });
      }
    });
  });

  it('refuses channels that are not there, or of another kind', async () => {
    for (const name of ['no.such', 'status', 'toString', '']) {
      expect(await wire.call(name, {})).toMatchObject({ ok: false, error: { code: 'not_found' } });
    }
    for (const name of ['no.such', 'system.status', 'constructor']) {
      expect(await wire.open(name, {}).refused).toMatchObject({ code: 'not_found' });
    }
  });

  it('tells apart what is not there, what is refused now, and what is wrong', async () => {
    const codeOf = async (name: CallName, args: object): Promise<string> => {
      const result = await wire.call(name, args);
      return result.ok ? 'ok' : result.error.code;
    };
    expect(await codeOf('portfolio.get', { slug: 'nobody' })).toBe('not_found');
    expect(await codeOf('portfolio.timeline', { slug: 'nobody' })).toBe('not_found');
    expect(await codeOf('service.restart', { id: 'nothing' })).toBe('not_found');
    expect(await codeOf('drill.run', { drill: 'crash_source' })).toBe('conflict');
    expect(await codeOf('portfolios.list', { limit: 0 })).toBe('invalid_argument');
    expect(await codeOf('reject.get', { id: 999_999 })).toBe('not_found');
    expect(await codeOf('reject.redrive', { id: 999_999 })).toBe('not_found');
    expect(await codeOf('control.start', {})).toBe('conflict');
    expect(await codeOf('invoice.get', { id: 999_999 })).toBe('not_found');
    const invoice = { company: 'Acme', net: '1.00' };
    expect(await codeOf('invoice.issue', { number: 'TWICE', invoice })).toBe('ok');
    expect(await codeOf('invoice.issue', { number: 'TWICE', invoice })).toBe('conflict');
  });

  it('goes on after words that are no message', async () => {
    for (const text of ['', 'not JSON', '[]', '{"t":"call"}', '{"t":"nothing","id":1}']) {
      link.transport.send(text);
    }
    expect(await wire.call('system.status', {})).toMatchObject({ ok: true });
  });
});
