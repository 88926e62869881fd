import type { Clock } from '../../lib/clock.ts';

/** How long an answer is given again, in milliseconds. */
const TIME_TO_LIVE_MS = 10_000;
/** At most this many answers are kept; the one computed longest ago goes first. */
const MAX_KEPT = 16;

interface Kept<T> {
  version: number;
  computedAt: number;
  value: Promise<T>;
}

/**
 * Answers that are costly to compute, kept until what they are made of changes, at most 10 s. Whoever asks while one is
 * being computed waits for that one. At most 16 are kept.
 */
export class SummaryCache<T> {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #kept = new Map<string, Kept<T>>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /**
   * The answer under a key.
   * @param version changes with everything that would change the answer; it is never used again under the key.
   * @param compute answers what is true of this version or a later one; what it rejects with is not kept.
   */
  async read(
    key: string,
    version: number,
    compute: () => Promise<T>,
  ): Promise<{ value: T; cache: 'HIT' | 'MISS' }> {
    const now = this.#clock.monotonic();
    const known = this.#kept.get(key);
    if (known?.version === version && now - known.computedAt < TIME_TO_LIVE_MS) {
      return { value: await known.value, cache: 'HIT' };
    }
    const computed: Kept<T> = { version, computedAt: now, value: compute() };
    this.#keep(key, computed);
    try {
      return { value: await computed.value, cache: 'MISS' };
    } catch (error) {
      if (this.#kept.get(key) === computed) this.#kept.delete(key);
      throw error;
    }
  }

  #keep(key: string, computed: Kept<T>): void {
    this.#kept.delete(key);
    this.#kept.set(key, computed);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}
