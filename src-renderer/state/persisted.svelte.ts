const PREFIX = 'pulsedesk.';

function read(key: string): unknown {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    // Storage may be closed to the page, or hold something foreign: the default is right then.
    return undefined;
  }
}

/** A choice of how to look at a screen (order, tab, collapsed rail), kept in this browser only. */
export class Persisted<T> {
  #value = $state.raw() as T;
  readonly #key: string;

  /**
   * @param key name of the choice, unique in the app.
   * @param fallback value when nothing is kept.
   * @param accepts refuses what an older version or somebody else may have left there.
   */
  constructor(key: string, fallback: T, accepts: (value: unknown) => value is T) {
    this.#key = key;
    const kept = read(key);
    this.#value = accepts(kept) ? kept : fallback;
  }

  get current(): T {
    return this.#value;
  }

  set current(value: T) {
    this.#value = value;
    try {
      localStorage.setItem(PREFIX + this.#key, JSON.stringify(value));
    } catch {
      // Full or closed storage: the choice then lasts as long as the page.
      return;
    }
  }
}
