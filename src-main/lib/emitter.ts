interface Subscription<T> {
  readonly listener: (value: T) => void;
  active: boolean;
}

/** Announces facts of type T to any number of listeners, synchronously and in the order they subscribed. */
export class Emitter<T> {
  readonly #subscriptions = new Set<Subscription<T>>();
  readonly #onError: (error: unknown) => void;

  /** @param onError told what a listener threw; must not throw itself */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Number of live subscriptions: a leak shows here. */
  get size(): number {
    return this.#subscriptions.size;
  }

  /**
   * Subscribes; the returned function unsubscribes and may be called again. The same function subscribed twice is
   * called twice.
   */
  on(listener: (value: T) => void): () => void {
    const subscription = { listener, active: true };
    this.#subscriptions.add(subscription);
    return () => {
      subscription.active = false;
      this.#subscriptions.delete(subscription);
    };
  }

  /**
   * Calls every listener subscribed at this moment. One that is unsubscribed meanwhile is not called any more; one
   * that subscribes meanwhile hears the next value first. One that throws stops neither the others nor the caller.
   */
  emit(value: T): void {
    for (const subscription of [...this.#subscriptions]) {
      if (!subscription.active) continue;
      try {
        subscription.listener(value);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
