import { WAITING_LIMIT } from '../../../src-main/engine/waiting-limit.ts';
import { EnvironmentRuntime } from '../../../src-main/engine/environment-runtime.ts';
import { systemClock } from '../../../src-main/lib/clock.ts';
import { LatencyHistogram } from '../../../src-main/lib/latency-histogram.ts';
import { silentLog } from '../../../src-main/lib/log.ts';
import { seededRandom } from '../../../src-main/lib/random.ts';
import { startNatsSource } from '../../../src-main/sources/nats/nats-source.ts';
import { natsOptionsOf } from '../../../src-main/engine/nats-options-of.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Lab } from './lab.ts';

/** Messages of a batch: few, so that slowing each batch slows reading on any machine. */
const BATCH = 100;
const DEMAND = { min: BATCH / 2, max: BATCH };

const unheard = (): void => undefined;

/**
 * An environment of the engine that reads a nats-server, in this process: a host slows stages in its demo only, and never
 * reads NATS there. It is stopped with the lab.
 */
export async function openNatsRuntime(lab: Lab, url: string, env: string): Promise<EnvironmentRuntime> {
  const store = await openStore({ folder: lab.folder, mode: 'inline', log: silentLog, clock: systemClock });
  lab.defer(() => store.stop());
  const runtime = await EnvironmentRuntime.open({
    env,
    store,
    clock: systemClock,
    random: seededRandom(1),
    log: silentLog,
    limits: { batchEvents: BATCH, lingerMs: 5, waiting: WAITING_LIMIT },
    decimals: 2,
    demands: () => ({ transform: DEMAND, commit: DEMAND, aggregate: DEMAND }),
    prices: { preference: ['nats', 'stocks', 'demo'], currency: 'USD' },
    commitLatency: new LatencyHistogram(),
    listener: {
      portfolioChanged: unheard,
      holdingsReplaced: unheard,
      sparkChanged: unheard,
      communityChanged: unheard,
    },
    tickerListener: { priceChanged: unheard, sparkChanged: unheard },
    baseCurrency: () => 'USD',
    onInvoices: unheard,
    onEvents: unheard,
    onWatchlists: unheard,
    onWorker: unheard,
    onStored: unheard,
    onStoreFailure: unheard,
    onForget: unheard,
  });
  lab.defer(() => runtime.stop());
  const source = startNatsSource({
    options: natsOptionsOf({ url, ensureStream: false }),
    ensureStream: false,
    env,
    instanceId: 'proof',
    intake: runtime.hub.of('nats'),
    clock: systemClock,
    random: seededRandom(2),
    log: silentLog,
  });
  lab.defer(() => source.stop());
  return runtime;
}
