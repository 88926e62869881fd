import type { ServiceState } from '../lib/service.ts';
import type { SeenState } from './service-tree.ts';

/** The latest state of every supervised service with the time it was announced; as many as there are services. */
export class ServiceStates {
  readonly #states = new Map<string, SeenState>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes an announcement of a supervisor; `stopped` is the last of a service that is gone. */
  take(state: ServiceState): void {
    if (state.state === 'stopped') this.#states.delete(state.id);
    else this.#states.set(state.id, { state, seenAt: this.#now() });
  }

  get(id: string): SeenState | undefined {
    return this.#states.get(id);
  }

  all(): SeenState[] {
    return [...this.#states.values()];
  }
}
