import { backoff } from './backoff.ts';
import type { BackoffOptions } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Stoppable } from './disposables.ts';
import { silentLog } from './log.ts';
import type { Log } from './log.ts';
import type { Random } from './random.ts';
import type { IntensityLimit } from './restart-intensity.ts';
import type { ServiceSpec, ServiceState } from './service.ts';
import { SupervisedService } from './supervised-service.ts';

/** What a supervisor needs; times in milliseconds. */
export interface SupervisorOptions {
  readonly clock: Clock;
  /** Each service has a fork of its own, by its id, so that none disturbs the chance of another. */
  readonly random: Pick<Random, 'fork'>;
  /** A service that would need more restarts is marked failed: 5 in 60 s by default. */
  readonly intensity?: IntensityLimit;
  /** Waits between restarts: 50 ms doubling up to 3 s, up to half taken off by chance, by default. */
  readonly backoff?: BackoffOptions;
  /** How long the stopping of one run is waited for before it is given up and reported: 3 s by default. */
  readonly stopWithinMs?: number;
  readonly log?: Log;
  /**
   * Told every new state of every service, at once. `stopped` is the last of one that is removed; at that moment
   * `get` does not know it any more.
   */
  readonly onChange?: (state: ServiceState) => void;
}

/** Thrown for an id that no service under supervision has. */
export class UnknownServiceError extends Error {
  readonly id: string;

  constructor(id: string) {
    super(`no service "${id}" is supervised`);
    this.name = 'UnknownServiceError';
    this.id = id;
  }
}

const INTENSITY: IntensityLimit = { restarts: 5, withinMs: 60_000 };
const BACKOFF: BackoffOptions = { first: 50, max: 3_000, factor: 2, jitter: 0.5 };

/**
 * Keeps services running, one for one: one that fails is started again after a growing wait, and marked failed when it
 * fails too often; the others do not notice. Made for thousands of small services: every operation on one of them is
 * O(1), and one that runs holds no timer.
 */
export class Supervisor implements Stoppable {
  readonly #options: SupervisorOptions;
  readonly #log: Log;
  readonly #services = new Map<string, SupervisedService>();
  readonly #leaving = new Set<Promise<void>>();
  #stopping: Promise<void> | null = null;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#log = options.log ?? silentLog;
  }

  /**
   * Starts a service; one that starts synchronously runs when this returns. A service that fails does not throw here.
   * Throws an Error when the id is taken, or after `stop`.
   */
  add(spec: ServiceSpec): void {
    this.#mustRun();
    if (this.#services.has(spec.id)) throw new Error(`service "${spec.id}" is supervised already`);
    const {
      clock,
      random,
      intensity = INTENSITY,
      backoff: waits = BACKOFF,
      stopWithinMs = 3_000,
    } = this.#options;
    const service = new SupervisedService(spec, {
      clock,
      backoff: backoff(waits, random.fork(spec.id)),
      intensity,
      stopWithinMs,
      log: this.#log.child({ service: spec.id }),
      onChange: (state) => {
        this.#announce(state);
      },
    });
    this.#services.set(spec.id, service);
    service.start();
  }

  /**
   * Stops a service and forgets it, resolving when its run has stopped; a failure to stop is logged. Its id is free at
   * once. An id that is not known is left alone.
   */
  async remove(id: string): Promise<void> {
    const service = this.#services.get(id);
    if (service === undefined || this.#stopping !== null) return;
    this.#services.delete(id);
    const left = service.stop().catch((error: unknown) => {
      this.#log.error('service did not stop cleanly', { service: id, error });
    });
    this.#leaving.add(left);
    await left;
    this.#leaving.delete(left);
  }

  /**
   * Stops a service, whatever its state, and starts it with its restarts forgiven. Resolves when the new run has begun.
   * Rejects with an UnknownServiceError, or with an Error after `stop`.
   */
  async restart(id: string): Promise<void> {
    this.#mustRun();
    const service = this.#services.get(id);
    if (service === undefined) throw new UnknownServiceError(id);
    await service.restart();
  }

  /** The state of one service; undefined when the id is not known. */
  get(id: string): ServiceState | undefined {
    return this.#services.get(id)?.state;
  }

  /** The states of all services, in the order they were added. */
  states(): ServiceState[] {
    return [...this.#services.values()].map((service) => service.state);
  }

  /**
   * Stops all services one after the other, last first; meanwhile none is started again. Every call returns the same
   * promise. Rejects with an AggregateError of what did not stop cleanly.
   */
  stop(): Promise<void> {
    if (this.#stopping === null) {
      const services = [...this.#services.values()].reverse();
      for (const service of services) service.hold();
      this.#stopping = this.#stopAll(services);
    }
    return this.#stopping;
  }

  async #stopAll(services: readonly SupervisedService[]): Promise<void> {
    // Lets stop() store its promise first: stopping a service may lead back here.
    await Promise.resolve();
    const errors: unknown[] = [];
    for (const service of services) {
      try {
        await service.stop();
      } catch (error) {
        errors.push(error);
      }
    }
    await Promise.all(this.#leaving);
    if (errors.length > 0) throw new AggregateError(errors, `${errors.length} services did not stop cleanly`);
  }

  #mustRun(): void {
    if (this.#stopping !== null) throw new Error('the supervisor is stopped');
  }

  #announce(state: ServiceState): void {
    try {
      this.#options.onChange?.(state);
    } catch (error) {
      this.#log.error('listener to service states failed', { service: state.id, error });
    }
  }
}
