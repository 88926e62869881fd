import type { Service, SystemStatus } from '../../src-contract/system.ts';
import type { Clock } from '../lib/clock.ts';
import type { Store } from '../store/open-store.ts';
import type { EngineOptions } from './engine-port.ts';
import type { Environments } from './environments.ts';
import { RateMeter } from './rate-meter.ts';
import type { RunningSources } from './running-sources.ts';
import type { ServiceStates } from './service-states.ts';
import { listedServices, toService, type SeenState } from './service-tree.ts';
import { statusReport } from './status-report.ts';
import type { StoreWatch } from './store-watch.ts';

/** What the status is read from. */
export interface EngineStatusParts {
  options: EngineOptions;
  instanceId: string;
  clock: Clock;
  store: Store;
  watch: StoreWatch;
  sources: RunningSources;
  services: ServiceStates;
  environments: Environments;
  waitingLimit: number;
  /** What is wrong beside what can be seen in the others, in words. */
  notices: () => readonly string[];
}

/** The state of the app, put together whenever somebody looks; counts what has to be counted between the looks. */
export class EngineStatus {
  readonly #parts: EngineStatusParts;
  readonly #startedAt: number;
  readonly #rate = new RateMeter();
  #eventsPerSecond = 0;
  #waitingHighWater = 0;

  constructor(parts: EngineStatusParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
  }

  /** Events were stored. */
  stored(events: number): void {
    this.#rate.add(events);
    const { waiting } = this.#parts.environments.active.hub;
    if (waiting > this.#waitingHighWater) this.#waitingHighWater = waiting;
  }

  /** Once a second: measures the rate. */
  tick(): void {
    this.#eventsPerSecond = this.#rate.rate(this.#parts.clock.monotonic());
  }

  /** The status now. */
  read(): SystemStatus {
    const { options, instanceId, clock, store, watch, sources, environments, waitingLimit } = this.#parts;
    const runtime = environments.active;
    return statusReport({
      options,
      instanceId,
      startedAt: this.#startedAt,
      now: clock.now(),
      runtime,
      watch,
      sources: sources.states(runtime.env),
      services: [...this.#parts.services.all(), ...runtime.workerStates.all()],
      writerQueue: store.queue,
      waitingLimit,
      waitingHighWater: this.#waitingHighWater,
      eventsPerSecond: this.#eventsPerSecond,
      notices: this.#parts.notices(),
    });
  }

  /** The services that the tree lists. */
  services(): Service[] {
    const { services, environments } = this.#parts;
    return listedServices(services.all(), environments.active.workerStates.all()).map(toService);
  }

  /** One service of the engine or one portfolio worker. */
  service(id: string): Service | null {
    const { services, environments } = this.#parts;
    const seen: SeenState | undefined = services.get(id) ?? environments.active.workerStates.get(id);
    return seen === undefined ? null : toService(seen);
  }
}
