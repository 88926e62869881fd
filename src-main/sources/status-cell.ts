import { isDeepStrictEqual } from 'node:util';
import { Emitter } from '../lib/emitter.ts';
import type { Log } from '../lib/log.ts';
import type { SourceStatus } from './source.ts';

/** Holds a source's status and announces each change of it. */
export class StatusCell {
  readonly #changes: Emitter<SourceStatus>;
  #current: SourceStatus;

  constructor(first: SourceStatus, log: Log) {
    this.#current = first;
    this.#changes = new Emitter((error) => {
      log.error('a listener of a source status failed', { error });
    });
  }

  get current(): SourceStatus {
    return this.#current;
  }

  /** Replaces the status; one that says the same is not announced. */
  set(status: SourceStatus): void {
    if (isDeepStrictEqual(status, this.#current)) return;
    this.#current = status;
    this.#changes.emit(status);
  }

  /** Calls back with every new status; returns what stops that. */
  on(listener: (status: SourceStatus) => void): () => void {
    return this.#changes.on(listener);
  }
}
