import type { Clock } from '../../lib/clock.ts';
import type { Random } from '../../lib/random.ts';
import {
  jittered,
  LONGEST_RETRY_AFTER_MS,
  MOST_DOUBLINGS,
  pollInterval,
  type PollInterval,
} from './poll-interval.ts';
import { nextPoll, type NextPoll } from './next-poll.ts';

/** What a pace works with. */
export interface PollPaceOptions {
  readonly baseSeconds: number;
  readonly hidden: () => boolean;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly random: Pick<Random, 'next'>;
}

/** What the pace has to be told for a plan. */
export interface PaceNeeds {
  readonly wanted: ReadonlySet<string>;
  readonly mayPoll: boolean;
  readonly hasRoom: boolean;
  /** Whether the next poll will be the breaker's probe. */
  readonly isProbe: boolean;
  /** How long the breaker refuses every call. */
  readonly refusesForMs: number;
}

/** Remembers what the time of the next poll depends on: when the last began and for what, and answers 429. */
export class PollPace {
  readonly #options: PollPaceOptions;
  #chance: number;
  /** Monotonic, like every time here. */
  #lastStart: number | null = null;
  #notBefore = 0;
  #doublings = 0;
  #hurries = false;
  #asked: ReadonlySet<string> = new Set();

  constructor(options: PollPaceOptions) {
    this.#options = options;
    this.#chance = options.random.next();
  }

  /** The interval for this many symbols, without chance, and why it is what it is. */
  interval(symbols: number): PollInterval {
    const { baseSeconds, hidden } = this.#options;
    return pollInterval({ baseSeconds, symbols, hidden: hidden(), doublings: this.#doublings });
  }

  /** When the next poll is due. */
  next({ wanted, ...needs }: PaceNeeds): NextPoll {
    const { ms } = this.interval(wanted.size);
    return nextPoll({
      ...needs,
      now: this.#options.clock.monotonic(),
      lastStart: this.#lastStart,
      intervalMs: ms,
      jitteredMs: jittered(ms, this.#chance),
      hurry: this.#hurries || [...wanted].some((symbol) => !this.#asked.has(symbol)),
      notBefore: this.#notBefore,
      wanted: wanted.size,
    });
  }

  /** The next poll is not to wait for the interval. */
  hurry(): void {
    this.#hurries = true;
  }

  /** A poll for these symbols begins. */
  began(wanted: ReadonlySet<string>): void {
    this.#asked = wanted;
    this.#hurries = false;
    this.#lastStart = this.#options.clock.monotonic();
    this.#chance = this.#options.random.next();
  }

  /** The API answered 429, and may have said how long to wait. */
  limited(retryAfterMs: number | null): void {
    this.#doublings = Math.min(MOST_DOUBLINGS, this.#doublings + 1);
    const wait = Math.min(LONGEST_RETRY_AFTER_MS, retryAfterMs ?? 0);
    this.#notBefore = this.#options.clock.monotonic() + wait;
  }

  /** The API answered every call of a poll. */
  succeeded(): void {
    this.#doublings = Math.max(0, this.#doublings - 1);
  }
}
