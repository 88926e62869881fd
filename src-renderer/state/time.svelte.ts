import { createSubscriber } from 'svelte/reactivity';

const SECOND_MS = 1000;

/** The present moment for components, renewed once a second while anything on the screen shows it. */
export class Time {
  #now = $state(Date.now());
  readonly #use: () => void;
  readonly #zone: () => string;

  /** @param zone reads the chosen time zone: `local`, `UTC` or an IANA name. */
  constructor(zone: () => string) {
    this.#zone = zone;
    this.#use = createSubscriber(() => {
      this.#now = Date.now();
      const timer = setInterval(() => {
        this.#now = Date.now();
      }, SECOND_MS);
      return () => clearInterval(timer);
    });
  }

  /** UTC milliseconds, changing once a second. */
  get now(): number {
    this.#use();
    return this.#now;
  }

  /** The chosen zone as Intl takes it; undefined means the machine's own. */
  get zone(): string | undefined {
    const zone = this.#zone();
    return zone === 'local' ? undefined : zone;
  }
}
