import { DEMO_ENVIRONMENT } from '../../src-contract/environment.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import { startDemoSource, type DemoSourceOptions } from '../sources/demo/demo-source.ts';
import { startNatsSource } from '../sources/nats/nats-source.ts';
import type { EngineOptions, NatsTarget } from './engine-port.ts';
import { natsOptionsOf } from './nats-options-of.ts';
import type { SourcePlan } from './running-sources.ts';

/** How NATS is read: in every environment but `demo`, which the app itself fills. */
export function natsPlan(
  target: NatsTarget | null,
  instanceId: () => string,
  clock: Clock,
  random: Random,
): SourcePlan {
  return {
    id: 'nats',
    title: 'NATS',
    offIn(env) {
      if (target === null) return 'no NATS address is set';
      return env === DEMO_ENVIRONMENT ? 'not read in the demo environment' : null;
    },
    start(runtime, { log }) {
      if (target === null) throw new Error('no NATS address is set');
      return startNatsSource({
        options: natsOptionsOf(target),
        ensureStream: target.ensureStream,
        env: runtime.env,
        instanceId: instanceId(),
        intake: runtime.hub.of('nats'),
        clock,
        random,
        log,
      });
    },
  };
}

/** What decides which prices the demo feed makes. */
export type DemoPrices = Pick<DemoSourceOptions, 'withoutPrices' | 'ranges'>;

/** How the demo feed runs: in `demo` only. */
export function demoPlan(
  demo: EngineOptions['demo'],
  prices: DemoPrices,
  clock: Clock,
  random: Random,
): SourcePlan {
  return {
    id: 'demo',
    title: 'Demo feed',
    offIn(env) {
      if (!demo.on) return 'switched off';
      return env === DEMO_ENVIRONMENT ? null : 'runs in the demo environment';
    },
    start: (runtime, { log }) =>
      startDemoSource({
        ...(demo.pricesPerSecond === undefined ? {} : { pricesPerSecond: demo.pricesPerSecond }),
        ...prices,
        intake: runtime.hub.of('demo'),
        people: true,
        shared: () => [...runtime.projection.registry.slugs()],
        lastPrice: (symbol) => runtime.projection.quotes.current(symbol)?.price ?? null,
        clock,
        random,
        log,
      }),
  };
}
