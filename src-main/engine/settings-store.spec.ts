import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Check } from 'typebox/value';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, Settings } from '../../src-contract/settings.ts';
import { createLog } from '../lib/log.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { makeFolder } from '../store/testing/store-fixture.ts';
import { noSecretBox, type SecretBox } from './secret-box.ts';
import { SettingsStore } from './settings-store.ts';

let folder: string;
let remove: () => void;
let lines: string[];

beforeEach(() => {
  ({ folder, remove } = makeFolder());
  lines = [];
});

afterEach(() => remove());

function open(overridden: string[] = [], secrets: SecretBox = noSecretBox): SettingsStore {
  const clock = new VirtualClock(42);
  const log = createLog({ level: 'debug', write: (line) => lines.push(line), clock });
  return new SettingsStore(folder, { overridden, log, clock, secrets });
}

const file = () => join(folder, 'settings.json');

describe('the settings', () => {
  it('of a fresh folder are the defaults, and say what was overridden at start', () => {
    expect(open(['nats.url']).read()).toEqual({ ...DEFAULT_SETTINGS, overridden: ['nats.url'] });
  });

  it('change only where a patch says, and are there again after a restart', async () => {
    const changed = await open().patch({ appearance: { theme: 'dark' }, retention: { journal_days: 7 } });
    expect(changed.appearance).toEqual({ ...DEFAULT_SETTINGS.appearance, theme: 'dark' });
    expect(changed.retention).toEqual({ ...DEFAULT_SETTINGS.retention, journal_days: 7 });
    expect(open().read()).toEqual(changed);
    expect(Check(Settings, changed)).toBe(true);
  });

  it('never give a secret back, only that there is one; an empty one forgets it', async () => {
    const store = open();
    const shown = await store.patch({ nats: { auth: 'token', secret: 'hunter2' } });
    expect(JSON.stringify([shown, store.read()])).not.toContain('hunter2');
    expect([shown.nats.has_secret, store.natsSecret()]).toEqual([true, 'hunter2']);
    expect(open().natsSecret()).toBe('hunter2');
    expect((await store.patch({ nats: { secret: '' } })).nats.has_secret).toBe(false);
    expect(readFileSync(file(), 'utf8')).not.toContain('hunter2');
  });

  it('lie in a file that only its owner can read', async () => {
    const store = open();
    await store.patch({ nats: { secret: 'hunter2' } });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    await store.patch({ base_currency: 'EUR' });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it.each(['{ not json', '', '\u0000\u0000'])(
    'in a file that cannot be read (%j) are set aside, and said so',
    (text) => {
      writeFileSync(file(), text);
      expect(open().read()).toEqual(DEFAULT_SETTINGS);
      const kept = readdirSync(folder).find((name) => name.includes('unreadable'));
      expect(kept).toBe('settings.unreadable-42.json');
      expect(readFileSync(join(folder, kept ?? ''), 'utf8')).toBe(text);
      expect(lines.join()).toContain('set aside');
    },
  );

  it.each([
    { retention: { journal_days: 'x' } },
    { retention: 7 },
    { appearance: { theme: 'pink' } },
    { nats: { url: 7, secret: 'hunter2' } },
    { nats: null },
    { base_currency: 'euro' },
    { local_api: { port: 1e9 } },
    [],
  ])('that do not hold (%j) are left out: the rest of the app relies on them', (kept) => {
    writeFileSync(file(), JSON.stringify(kept));
    expect(open().read()).toEqual(DEFAULT_SETTINGS);
    expect(lines.join()).not.toContain('hunter2');
  });

  it('keep their good groups beside a bad one', () => {
    writeFileSync(file(), JSON.stringify({ retention: { journal_days: -1 }, base_currency: 'EUR' }));
    const { retention, base_currency: currency } = open().read();
    expect([retention, currency]).toEqual([DEFAULT_SETTINGS.retention, 'EUR']);
    expect(lines.join()).toContain('retention');
  });

  it.each(['ZZZ', 'DEM', 'XXX'])(
    'take no %s as the base currency, and say what they take',
    async (currency) => {
      const store = open();
      await expect(store.patch({ base_currency: currency })).rejects.toMatchObject({
        code: 'invalid_argument',
        message: `/base_currency ${JSON.stringify(currency)} is no currency; a code of ISO 4217 such as "USD" is accepted`,
        details: { field: '/base_currency' },
      });
      expect(store.read().base_currency).toBe('USD');
    },
  );

  it('stay as they are while somebody writes nonsense into the file', async () => {
    const store = open();
    await store.patch({ base_currency: 'EUR' });
    writeFileSync(file(), '{ not json');
    expect(store.read().base_currency).toBe('EUR');
  });

  it('refuse a time zone nobody knows, and change nothing then', async () => {
    const store = open();
    await expect(store.patch({ appearance: { time_zone: 'Mars/Olympus', theme: 'dark' } })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid_argument', details: { field: '/appearance/time_zone' } }),
    );
    expect(store.read()).toEqual(DEFAULT_SETTINGS);
    for (const zone of ['local', 'UTC', 'Europe/Berlin']) {
      expect((await store.patch({ appearance: { time_zone: zone } })).appearance.time_zone).toBe(zone);
    }
  });

  it('refuse a stock API that cannot be asked, naming the field', async () => {
    const store = open();
    for (const [field, patch] of [
      ['/stocks/url', { url: 'ftp://prices' }],
      ['/stocks/url', { url: 'http://me:secret@prices' }],
      ['/stocks/key_header', { key_header: 'Not a header' }],
      ['/stocks/key_header', { key_header: 'Host' }],
      ['/stocks/key', { key: 'two words' }],
      ['/stocks/tls_ca', { tls_ca: join(folder, 'missing.pem') }],
    ] as const) {
      await expect(store.patch({ stocks: patch })).rejects.toThrow(
        expect.objectContaining({ code: 'invalid_argument', details: { field } }),
      );
    }
    expect(store.read()).toEqual(DEFAULT_SETTINGS);
  });

  it('refuse a stage that asks below more than it may have, whichever of the two was kept before', async () => {
    const store = open();
    const kept = await store.patch({ pipeline: { commit: { min: 10, max: 20 }, shards: 2 } });
    expect(kept.pipeline).toEqual({ ...DEFAULT_SETTINGS.pipeline, commit: { min: 10, max: 20 }, shards: 2 });
    await expect(store.patch({ pipeline: { transform: { min: 30, max: 20 } } })).rejects.toMatchObject({
      code: 'invalid_argument',
      details: { field: '/pipeline/transform/min' },
    });
    expect(open().read().pipeline).toEqual(kept.pipeline);
  });

  it('tie the API key to the scheme, host and port it was entered for, whatever the address becomes', async () => {
    const store = open();
    const origin = async (stocks: { url?: string; key?: string }) =>
      (await store.patch({ stocks })).stocks.key_origin;
    expect(await origin({ url: 'https://a.example/v1', key: 'k3y' })).toBe('https://a.example');
    expect(await origin({ url: 'https://b.example:8443/v1' })).toBe('https://a.example');
    expect(await origin({ key: 'other' })).toBe('https://b.example:8443');
    expect(await origin({ key: '' })).toBe('');
    expect(await origin({ url: '', key: 'k3y' })).toBe('');
  });

  it('take an API key of an older version as entered for the address beside it', () => {
    const { has_key: _never, key_origin: _unknown, ...stocks } = DEFAULT_SETTINGS.stocks;
    const older = { ...stocks, url: 'https://a.example/v1', secret: 'k3y', sealed: '' };
    writeFileSync(file(), JSON.stringify({ stocks: older }));
    expect(open().read().stocks).toMatchObject({ has_key: true, key_origin: 'https://a.example' });
    writeFileSync(file(), JSON.stringify({ stocks: { ...older, secret: '' } }));
    expect(open().read().stocks).toMatchObject({ has_key: false, key_origin: '' });
  });

  it('take the order of price sources and the API key, which is never shown', async () => {
    const store = open();
    const changed = await store.patch({
      price_sources: ['demo', 'stocks', 'nats'],
      stocks: { url: 'https://prices.example', key: 'k3y' },
    });
    expect(changed.stocks.has_key).toBe(true);
    expect(JSON.stringify(changed)).not.toContain('k3y');
    const again = open();
    expect([again.stockKey(), again.read()]).toEqual(['k3y', changed]);
  });
});

describe('secrets, where the system can seal them,', () => {
  const reversed = (text: string) => Buffer.from(text).reverse().toString();
  const box: SecretBox = {
    seal: (secret) => Promise.resolve(`<${reversed(secret)}>`),
    open: (sealed) => Promise.resolve(sealed.startsWith('<') ? reversed(sealed.slice(1, -1)) : null),
  };

  it('lie sealed in the file and are there again after a restart', async () => {
    const store = open([], box);
    await store.unlock();
    const shown = await store.patch({ nats: { auth: 'token', secret: 'hunter2' }, stocks: { key: 'k3y' } });
    expect([shown.secrets, shown.nats.has_secret, shown.stocks.has_key]).toEqual(['system', true, true]);
    expect(readFileSync(file(), 'utf8')).not.toMatch(/hunter2|k3y/);
    const again = open([], box);
    await again.unlock();
    expect([again.natsSecret(), again.stockKey()]).toEqual(['hunter2', 'k3y']);
  });

  it('that an earlier version left plain are sealed at the next start', async () => {
    await open().patch({ nats: { auth: 'token', secret: 'hunter2' } });
    expect(readFileSync(file(), 'utf8')).toContain('hunter2');
    const store = open([], box);
    await store.unlock();
    expect([store.natsSecret(), readFileSync(file(), 'utf8').includes('hunter2')]).toEqual([
      'hunter2',
      false,
    ]);
  });

  it('that cannot be opened any more are none, and said so', async () => {
    const store = open([], box);
    await store.unlock();
    await store.patch({ stocks: { key: 'k3y' } });
    const elsewhere = open();
    await elsewhere.unlock();
    expect([elsewhere.stockKey(), elsewhere.read().stocks.has_key]).toEqual(['', false]);
    expect(lines.join()).toContain('set it again');
  });
});
