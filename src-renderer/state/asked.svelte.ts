import { LatestOnly } from './latest-only.ts';
import { Paced } from './paced.ts';

/** After an answer that did not come it is asked again, in milliseconds. */
const AGAIN_MS = 5000;

/** Since when a question has no answer, UTC milliseconds, and why. */
export interface Unanswered {
  since: number;
  reason: string;
}

/**
 * The newest answer of a question that is asked whenever something changes: at most once in a span, never twice at the same
 * time. An answer stays until the next one, also while that does not come.
 */
export class Asked<Answer> {
  #answer = $state.raw<Answer | null>(null);
  #failure = $state.raw<Unanswered | null>(null);
  #again: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
  readonly #fetch: () => Promise<Answer>;
  readonly #now: () => number;
  readonly #queue = new LatestOnly();
  readonly #pace: Paced;

  /**
   * @param spanMs the shortest time from one question to the next, in milliseconds.
   * @param now UTC milliseconds.
   */
  constructor(spanMs: number, fetch: () => Promise<Answer>, now: () => number) {
    this.#fetch = fetch;
    this.#now = now;
    this.#pace = new Paced(spanMs, () => this.retry());
  }

  /** Null until the first answer. */
  get answer(): Answer | null {
    return this.#answer;
  }

  /** Null when the newest question was answered. */
  get failure(): Unanswered | null {
    return this.#failure;
  }

  /** Asks as soon as the pace allows it. */
  ask(): void {
    this.#pace.ask();
  }

  /** Asks now, or when the question that is out is answered. */
  retry(): void {
    clearTimeout(this.#again);
    void this.#queue.run(() => this.#take());
  }

  /** Asks no more; an answer that is still out is dropped. */
  stop(): void {
    this.#stopped = true;
    this.#pace.stop();
    clearTimeout(this.#again);
  }

  async #take(): Promise<void> {
    if (this.#stopped) return;
    try {
      const answer = await this.#fetch();
      if (this.#isOver()) return;
      this.#answer = answer;
      this.#failure = null;
    } catch (error) {
      if (this.#isOver()) return;
      const since = this.#failure?.since ?? this.#now();
      this.#failure = { since, reason: error instanceof Error ? error.message : String(error) };
      this.#again = setTimeout(() => this.ask(), AGAIN_MS);
    }
  }

  /** Asked for anew after each wait: it changes meanwhile. */
  #isOver(): boolean {
    return this.#stopped;
  }
}
