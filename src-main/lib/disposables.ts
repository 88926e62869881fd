/** Whatever was started and can be stopped. `stop` drains first, may be called again, and then gives the same result. */
export interface Stoppable {
  stop(): Promise<void>;
}

type Stop = () => void | Promise<void>;

/**
 * Collects what was started, in order, and stops it in reverse order.
 *
 * Holds what lives as long as its owner; something that comes and goes belongs in a collection of its own.
 */
export class StopStack implements Stoppable {
  readonly #stops: Stop[] = [];
  readonly #late: Promise<void>[] = [];
  readonly #onLateError: ((error: unknown) => void) | undefined;
  #stopping: Promise<void> | null = null;
  #done = false;

  /**
   * @param onLateError told when something added after `stop()` had finished fails to stop. Without it such a
   * failure becomes an unhandled rejection, because nobody is left to hear it.
   */
  constructor(onLateError?: (error: unknown) => void) {
    this.#onLateError = onLateError;
  }

  /** Registers `stoppable` and returns it. After `stop()` it is stopped at once. */
  add<T extends Stoppable>(stoppable: T): T {
    this.defer(() => stoppable.stop());
    return stoppable;
  }

  /** Registers a function to run on stop. After `stop()` it runs at once. */
  defer(fn: () => void | Promise<void>): void {
    if (this.#stopping === null) {
      this.#stops.push(fn);
      return;
    }
    const late = attempt(fn);
    if (!this.#done) this.#late.push(late);
    else if (this.#onLateError !== undefined) late.catch(this.#onLateError);
  }

  /**
   * Stops everything one after the other, last first; one that fails does not keep the others from stopping.
   * Every call returns the same promise. Rejects with an AggregateError of all failures.
   */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    // Lets stop() store its promise first, so that what is added by a stop function counts as late.
    await Promise.resolve();
    const errors: unknown[] = [];
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      try {
        await next;
      } catch (error) {
        errors.push(error);
      }
    }
    this.#done = true;
    if (errors.length > 0)
      throw new AggregateError(errors, `${errors.length} of the parts did not stop cleanly`);
  }

  #next(): Promise<void> | undefined {
    const stop = this.#stops.pop();
    return stop === undefined ? this.#late.shift() : attempt(stop);
  }
}

async function attempt(stop: Stop): Promise<void> {
  await stop();
}
