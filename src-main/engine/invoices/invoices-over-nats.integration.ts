import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ContractClient } from '../../../src-contract/client.ts';
import { systemClock } from '../../lib/clock.ts';
import { silentLog } from '../../lib/log.ts';
import { seededRandom } from '../../lib/random.ts';
import { startNatsServer, type NatsServer } from '../../sources/nats/testing/nats-server.ts';
import { makeStream, publishAll } from '../../sources/nats/testing/publish.ts';
import type { EngineHost } from '../engine-port.ts';
import { startEngine } from '../start-engine.ts';
import { directClient } from '../testing/direct-client.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };
const INVOICE = { company: 'Acme', currency: 'KWD', net: '10.005' };

let server: NatsServer;
let folder: string;
let engine: EngineHost;
let client: ContractClient;

beforeEach(async () => {
  server = await startNatsServer();
  await makeStream(server.url, 'dev');
  folder = mkdtempSync(join(tmpdir(), 'pulsedesk-invoices-'));
  const options = {
    version: '0.0.0',
    dataFolder: folder,
    env: 'dev',
    nats: { url: server.url, ensureStream: false },
    stockApi: null,
    demo: { on: false, seed: 7 },
    logLevel: 'error' as const,
    overridden: ['nats.url'],
    batch: { events: 1000, lingerMs: 5 },
  };
  const random = seededRandom(7);
  engine = await startEngine(options, {
    clock: systemClock,
    random,
    log: silentLog,
    writeLogLine: () => undefined,
  });
  client = await directClient(engine, systemClock);
});
afterEach(async () => {
  client.close();
  await engine.stop();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const status = () => client.call('system.status', {});

describe('invoices and NATS', () => {
  it('arrive from there and are shown at once, of no run; those that do not add up are rejects', async () => {
    const subject = 'dev.invoice.issued';
    const bodies = [
      { number: 'N-1', ...INVOICE },
      { number: 'N-2', ...INVOICE, vat: '1.00' },
      { number: 'N-3', ...INVOICE, gross: '1.000' },
      { number: 'N-1', ...INVOICE },
    ];
    await publishAll(
      server.url,
      bodies.map((body) => ({ subject, body: JSON.stringify(body) })),
    );
    await vi.waitUntil(async () => (await client.call('invoices.stats', {})).count === 2, PATIENCE);
    const { items } = await client.call('invoices.list', { sort: 'number' });
    expect(items.map(({ number, source, gross }) => [number, source, gross.amount])).toEqual([
      ['N-1', 'nats', '11.506'],
      ['N-2', 'nats', '11.005'],
    ]);
    expect((await client.call('rejects.list', {})).items[0]?.reason).toContain('/gross 1.000 is not');
  });

  it('are published when they were issued here and that is switched on; read back they count as repeated', async () => {
    await client.call('invoice.issue', { number: 'L-1', invoice: INVOICE });
    await client.call('settings.set', { invoices: { publish: true } });
    await client.call('invoice.issue', { number: 'L-2', invoice: INVOICE });
    const ledger = await vi.waitUntil(async () => {
      const { ledgers } = await status();
      return ledgers.find(({ source, received }) => source === 'nats' && received > 0);
    }, PATIENCE);
    await vi.waitUntil(async () => (await status()).ledger.waiting === 0, PATIENCE);
    expect(ledger).toMatchObject({ received: 1, stored: 0 });
    expect((await status()).ledgers.find(({ source }) => source === 'nats')).toMatchObject({ repeated: 1 });
    const { items } = await client.call('invoices.list', { sort: 'number' });
    expect(items.map(({ number, source }) => [number, source])).toEqual([
      ['L-1', 'local'],
      ['L-2', 'local'],
    ]);
  });

  it('are stored when they cannot be published, and System says so', async () => {
    await client.call('settings.set', { invoices: { publish: true } });
    await server.kill('SIGTERM');
    await client.call('invoice.issue', { number: 'L-1', invoice: INVOICE });
    expect((await client.call('invoices.stats', {})).count).toBe(1);
    expect((await status()).degraded).toContainEqual(
      expect.stringMatching(/^1 invoice stored since the start could not be published: /),
    );
  });
});
