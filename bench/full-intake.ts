import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_SETTINGS } from '../src-contract/settings.ts';
import { EnvironmentRuntime } from '../src-main/engine/environment-runtime.ts';
import { WAITING_LIMIT } from '../src-main/engine/waiting-limit.ts';
import { systemClock } from '../src-main/lib/clock.ts';
import { LatencyHistogram } from '../src-main/lib/latency-histogram.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { seededRandom } from '../src-main/lib/random.ts';
import { openStore, type Store } from '../src-main/store/open-store.ts';

/** The whole way from an intake to projected, as the engine's thread has it: writer and readers in threads of their own. */
export interface FullIntake {
  runtime: EnvironmentRuntime;
  stop(): Promise<void>;
}

/** Opens a fresh store and an environment; `stored` is told after each commit how many events were projected. */
export async function openFullIntake(env: string, stored: (events: number) => void): Promise<FullIntake> {
  const folder = mkdtempSync(join(tmpdir(), 'pulsedesk-bench-'));
  const store = await openStore({ folder, mode: 'threads', log: silentLog, clock: systemClock });
  const runtime = await openRuntime(store, env, stored);
  return {
    runtime,
    async stop() {
      await runtime.stop();
      await store.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Opens an environment of a store and brings it up to date with the journal; nobody listens to what changes. */
export function openRuntime(
  store: Store,
  env: string,
  stored: (events: number) => void,
): Promise<EnvironmentRuntime> {
  return EnvironmentRuntime.open({
    env,
    store,
    clock: systemClock,
    random: seededRandom(1),
    log: silentLog,
    limits: { batchEvents: 2000, lingerMs: 5, waiting: WAITING_LIMIT },
    decimals: 2,
    demands: () => DEFAULT_SETTINGS.pipeline,
    prices: { preference: ['nats'], currency: 'USD' },
    commitLatency: new LatencyHistogram(),
    listener: {
      portfolioChanged: () => undefined,
      holdingsReplaced: () => undefined,
      sparkChanged: () => undefined,
      communityChanged: () => undefined,
    },
    tickerListener: { priceChanged: () => undefined, sparkChanged: () => undefined },
    baseCurrency: () => 'USD',
    onInvoices: () => undefined,
    onEvents: () => undefined,
    onWatchlists: () => undefined,
    onWorker: () => undefined,
    onStored: stored,
    onStoreFailure: (part, error) => {
      if (error !== null) throw new Error(`the store failed: ${part}`, { cause: error });
    },
    onForget: () => undefined,
  });
}
