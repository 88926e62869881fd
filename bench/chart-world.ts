import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { DEFAULT_SETTINGS } from '../src-contract/settings.ts';
import { startHost, type HostProcess } from '../e2e/fixtures/host-process.ts';
import { systemClock } from '../src-main/lib/clock.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { startNatsServer, type NatsServer } from '../src-main/sources/nats/testing/nats-server.ts';
import { openStore } from '../src-main/store/open-store.ts';
import { fillHistory } from './fill-history.ts';
import { HISTORY_SYMBOLS } from './price-history.ts';

/** The app over a big history, and the NATS that its live prices come from. */
export interface ChartWorld {
  readonly host: HostProcess;
  /** Publishes prices of all symbols in turn, so many a second, until the returned function is called. */
  publish(perSecond: number): Promise<() => Promise<number>>;
  stop(): Promise<void>;
}

/** Prices are published in steps of this many milliseconds. */
const STEP_MS = 20;

/** Fills a data folder with `steps` steps of history and starts the built headless host on it. */
export async function startChartWorld(steps: number): Promise<ChartWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'pulsedesk-bench-'));
  const nats = await startNatsServer();
  await fillHistory(folder, steps);
  await finishCheckpoints(folder);
  // Seconds of eleven days are kept: their ageing out is not what is measured.
  const retention = { ...DEFAULT_SETTINGS.retention, candles_1s_days: 3650, candles_1s_megabytes: 100_000 };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...DEFAULT_SETTINGS, retention }));
  const host = await startHost(
    ['--data', folder, '--port', '0', '--nats', nats.url, '--env', 'dev', '--log-level', 'warn'],
    folder,
  );
  return {
    host,
    publish: (perSecond) => publishing(nats, perSecond),
    async stop() {
      await host.stop('SIGTERM');
      await nats.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The portfolios have seen what the tickers have: the start is not to replay ten million events. */
async function finishCheckpoints(folder: string): Promise<void> {
  const store = await openStore({ folder, mode: 'inline', log: silentLog, clock: systemClock });
  const { batch } = await store.screens.tickerState('dev', 0);
  const nothing = { forgets: [], portfolios: [], quotes: [], values: [], community: [], timeline: [] };
  await store.writer.checkpoint({ env: 'dev', batch, ...nothing, communityEvents: [] });
  await store.stop();
}

async function publishing(nats: NatsServer, perSecond: number): Promise<() => Promise<number>> {
  const connection = await connect({ servers: nats.url });
  const begun = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    for (const due = ((performance.now() - begun) * perSecond) / 1000; sent < due; sent++) {
      const symbol = HISTORY_SYMBOLS[sent % HISTORY_SYMBOLS.length];
      const price = 150 + Math.round(Math.sin(sent / 500) * 500) / 100;
      connection.publish('dev.stock.price_updated', JSON.stringify({ symbol, price }));
    }
  }, STEP_MS);
  return async () => {
    clearInterval(timer);
    await connection.drain();
    return sent;
  };
}
