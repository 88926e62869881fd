import type { Clock } from '../../../../lib/clock.ts';
import type { LeaseEntry, LeaseStore } from '../lease-store.ts';

/** What happens to one request: delays in milliseconds, and whether the answer arrives. */
export interface RequestFate {
  readonly there: number;
  readonly back: number;
  readonly answered: boolean;
}

const AT_ONCE: RequestFate = { there: 0, back: 0, answered: true };

/** A key with revisions and expiry in memory, that many instances reach over a network of the caller's choice. */
export class FakeLeaseStore {
  readonly #clock: Clock;
  readonly #expiry: number;
  #entry: (LeaseEntry & { readonly storedAt: number }) | null = null;
  #revision = 0;
  /** Requests that reached the store. */
  requests = 0;

  constructor(clock: Clock, expiry: number) {
    this.#clock = clock;
    this.#expiry = expiry;
  }

  /** What is stored now. */
  get entry(): LeaseEntry | null {
    const entry = this.#entry;
    if (entry === null || this.#clock.monotonic() - entry.storedAt >= this.#expiry) return null;
    return { value: entry.value, revision: entry.revision };
  }

  /** Somebody deletes what is stored. */
  clear(): void {
    this.#entry = null;
  }

  /** The store as one instance reaches it. */
  over(fate: () => RequestFate = () => AT_ONCE): LeaseStore {
    const request = async <T>(work: () => T): Promise<T> => {
      const { there, back, answered } = fate();
      if (there > 0) await this.#clock.sleep(there);
      this.requests += 1;
      const result = work();
      if (back > 0) await this.#clock.sleep(back);
      if (!answered) throw new Error('no answer');
      return result;
    };
    return {
      read: () => request(() => this.entry),
      create: (value) => request(() => (this.entry === null ? this.#write(value) : null)),
      update: (value, revision) =>
        request(() => (this.entry?.revision === revision ? this.#write(value) : null)),
      remove: (revision) =>
        request(() => {
          if (this.entry?.revision === revision) this.#entry = null;
        }),
    };
  }

  #write(value: string): number {
    this.#revision += 1;
    this.#entry = { value, revision: this.#revision, storedAt: this.#clock.monotonic() };
    return this.#revision;
  }
}
