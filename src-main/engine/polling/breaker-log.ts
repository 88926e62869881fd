import type { BreakerStateName, BreakerTransition } from '../../../src-contract/polling.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Remote, ReaderPort, WriterPort } from '../../store/port.ts';
import { OpenTime } from './open-time.ts';

/** Transitions shown, the newest. */
const SHOWN = 100;
const MAX_SPANS = 1000;
const DAY_MS = 86_400_000;

/** A change of the breaker's state; `at` is UTC milliseconds. */
export interface Transition {
  at: number;
  from: BreakerStateName;
  to: BreakerStateName;
  reason: string;
}

/** What the log works with. */
export interface BreakerLogOptions {
  writer: Pick<Remote<WriterPort>, 'breakerTransition'>;
  reader: Pick<Remote<ReaderPort>, 'breakerTransitions' | 'breakerSpans'>;
  clock: Pick<Clock, 'now'>;
  onChange: () => void;
  /** A transition could not be stored. */
  onFailure: (error: unknown) => void;
}

/**
 * What the breaker went through, as it is stored for the environment that was active then. The newest transitions are kept
 * in memory for the screens; spans of older ones are read from the store.
 */
export class BreakerLog {
  readonly #options: BreakerLogOptions;
  #env = '';
  #history: BreakerTransition[] = [];
  #time = new OpenTime();
  #work: Promise<void> = Promise.resolve();

  constructor(options: BreakerLogOptions) {
    this.#options = options;
  }

  /** The latest 100 transitions, newest first. */
  get history(): readonly BreakerTransition[] {
    return this.#history;
  }

  /** Seconds not closed since the UTC day began. */
  get openTodaySeconds(): number {
    return Math.round(this.#time.read(this.#options.clock.now())) / 1000;
  }

  /**
   * Goes on with an environment's log. A state other than the breaker's at its end is ended there: the breaker outlives
   * neither its process nor a change of what it guards.
   */
  follow(env: string, state: BreakerStateName, reason: string): Promise<void> {
    return this.#next(async () => {
      const { reader, clock } = this.#options;
      const now = clock.now();
      const day = Math.floor(now / DAY_MS) * DAY_MS;
      const [history, spans] = await Promise.all([
        reader.breakerTransitions(env, SHOWN),
        reader.breakerSpans(env, day, now, MAX_SPANS),
      ]);
      this.#env = env;
      this.#history = history;
      this.#time = new OpenTime();
      for (const { from, to } of spans) {
        this.#time.take(Math.max(day, Date.parse(from)), true);
        if (to !== null) this.#time.take(Date.parse(to), false);
      }
      const last = history[0]?.to ?? 'closed';
      if (last !== state) await this.#keep({ at: now, from: last, to: state, reason });
      this.#options.onChange();
    });
  }

  /** Keeps a transition; they are stored in the order in which they come. */
  record(transition: Transition): void {
    void this.#next(() => this.#keep(transition));
  }

  /** Resolves when everything is stored. */
  drained(): Promise<void> {
    return this.#work;
  }

  async #keep(transition: Transition): Promise<void> {
    const env = this.#env;
    const id = await this.#options.writer.breakerTransition(env, transition);
    this.#time.take(transition.at, transition.to !== 'closed');
    const kept = { ...transition, id, at: toTimestamp(transition.at) };
    this.#history = [kept, ...this.#history].slice(0, SHOWN);
    this.#options.onChange();
  }

  #next(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work).catch(this.#options.onFailure);
    return this.#work;
  }
}
