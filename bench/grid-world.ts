import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { startHost, type HostProcess } from '../e2e/fixtures/host-process.ts';
import { startNatsServer } from '../src-main/sources/nats/testing/nats-server.ts';
import { fillInvoices } from './fill-invoices.ts';

/** The app over many invoices, and the NATS that new ones come from. */
export interface GridWorld {
  readonly host: HostProcess;
  /** Publishes invoices, so many a second, until the returned function is called; that answers how many. */
  publish(perSecond: number): Promise<() => Promise<number>>;
  stop(): Promise<void>;
}

/** Invoices are published in steps of this many milliseconds. */
const STEP_MS = 20;

/** Fills a data folder with invoices and starts the built headless host on it. */
export async function startGridWorld(rows: number): Promise<GridWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'pulsedesk-bench-'));
  await fillInvoices(folder, rows);
  const nats = await startNatsServer();
  const host = await startHost(
    ['--data', folder, '--port', '0', '--nats', nats.url, '--env', 'dev', '--log-level', 'warn'],
    folder,
  );
  let sent = 0;
  return {
    host,
    async publish(perSecond) {
      const connection = await connect({ servers: nats.url });
      const begun = performance.now();
      const before = sent;
      const timer = setInterval(() => {
        const due = before + ((performance.now() - begun) * perSecond) / 1000;
        for (; sent < due; sent++)
          connection.publish('dev.invoice.issued', JSON.stringify(liveInvoice(sent)));
      }, STEP_MS);
      return async () => {
        clearInterval(timer);
        await connection.drain();
        return sent - before;
      };
    },
    async stop() {
      await host.stop('SIGTERM');
      await nats.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function liveInvoice(nth: number): object {
  const net = `${(nth % 900) + 100}.${String(nth % 100).padStart(2, '0')}`;
  const line = { description: `live item ${nth % 50}`, quantity: 1, unit_price: net };
  return { number: `L-${nth}`, company: `Live ${nth % 40} Ltd`, currency: 'USD', lines: [line] };
}
