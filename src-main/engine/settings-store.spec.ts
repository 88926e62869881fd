import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Check } from 'typebox/value';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, Settings } from '../../src-contract/settings.ts';
import { createLog } from '../lib/log.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { makeFolder } from '../store/testing/store-fixture.ts';
import { SettingsStore } from './settings-store.ts';

let folder: string;
let remove: () => void;
let lines: string[];

beforeEach(() => {
  ({ folder, remove } = makeFolder());
  lines = [];
});

afterEach(() => remove());

function open(overridden: string[] = []): SettingsStore {
  const clock = new VirtualClock(42);
  const log = createLog({ level: 'debug', write: (line) => lines.push(line), clock });
  return new SettingsStore(folder, overridden, log, clock);
}

const file = () => join(folder, 'settings.json');

describe('the settings', () => {
  it('of a fresh folder are the defaults, and say what was overridden at start', () => {
    expect(open(['nats.url']).read()).toEqual({ ...DEFAULT_SETTINGS, overridden: ['nats.url'] });
  });

  it('change only where a patch says, and are there again after a restart', () => {
    const changed = open().patch({ appearance: { theme: 'dark' }, retention: { journal_days: 7 } });
    expect(changed.appearance).toEqual({ ...DEFAULT_SETTINGS.appearance, theme: 'dark' });
    expect(changed.retention).toEqual({ ...DEFAULT_SETTINGS.retention, journal_days: 7 });
    expect(open().read()).toEqual(changed);
    expect(Check(Settings, changed)).toBe(true);
  });

  it('never give a secret back, only that there is one; an empty one forgets it', () => {
    const store = open();
    const shown = store.patch({ nats: { auth: 'token', secret: 'hunter2' } });
    expect(JSON.stringify([shown, store.read()])).not.toContain('hunter2');
    expect([shown.nats.has_secret, store.natsSecret()]).toEqual([true, 'hunter2']);
    expect(open().natsSecret()).toBe('hunter2');
    expect(store.patch({ nats: { secret: '' } }).nats.has_secret).toBe(false);
    expect(readFileSync(file(), 'utf8')).not.toContain('hunter2');
  });

  it('lie in a file that only its owner can read', () => {
    const store = open();
    store.patch({ nats: { secret: 'hunter2' } });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    store.patch({ base_currency: 'EUR' });
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

  it('stay as they are while somebody writes nonsense into the file', () => {
    const store = open();
    store.patch({ base_currency: 'EUR' });
    writeFileSync(file(), '{ not json');
    expect(store.read().base_currency).toBe('EUR');
  });

  it('refuse a time zone nobody knows, and change nothing then', () => {
    const store = open();
    expect(() => store.patch({ appearance: { time_zone: 'Mars/Olympus', theme: 'dark' } })).toThrow(
      expect.objectContaining({ code: 'invalid_argument', details: { field: '/appearance/time_zone' } }),
    );
    expect(store.read()).toEqual(DEFAULT_SETTINGS);
    for (const zone of ['local', 'UTC', 'Europe/Berlin']) {
      expect(store.patch({ appearance: { time_zone: zone } }).appearance.time_zone).toBe(zone);
    }
  });
});
