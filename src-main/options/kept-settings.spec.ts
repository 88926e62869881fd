import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { SettingsStore } from '../engine/settings-store.ts';
import { readKeptSettings } from './kept-settings.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsedesk-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('readKeptSettings', () => {
  it('reads what the engine keeps, its secret included', async () => {
    const store = new SettingsStore(folder, { overridden: [], log: silentLog, clock: new VirtualClock() });
    await store.patch({
      nats: { url: 'nats://a:4222', auth: 'token', secret: 's' },
      local_api: { port: 5000 },
    });
    expect(readKeptSettings(folder)).toMatchObject({
      nats: { url: 'nats://a:4222', auth: 'token', secret: 's' },
      local_api: { port: 5000 },
    });
  });

  it('finds nothing in a fresh folder, or in one that does not exist', () => {
    expect(readKeptSettings(folder)).toBeNull();
    expect(readKeptSettings(join(folder, 'none'))).toBeNull();
  });

  it.each(['{', '[]', '7', '{"local_api":{"port":"x"}}', '{"nats":{"auth":"magic"}}'])(
    'leaves %s to the engine',
    (text) => {
      writeFileSync(join(folder, 'settings.json'), text);
      expect(readKeptSettings(folder)).toBeNull();
    },
  );
});
