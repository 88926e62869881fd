import type { EventFamily } from '../../../src-contract/event-kinds.ts';
import type { StreamIntake } from '../../../src-contract/intake.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { Random } from '../../lib/random.ts';
import { businessAt, DemoPeople, PAST_MS } from './demo-people.ts';

const TICK_MS = 250;
/** On average of a working day. */
const PER_SECOND = { activity: 1, analytics: 20 } as const;
/** Activity in the past of a first start: as much as its trends need, and entered within a moment. */
const PAST_ACTIVITY = 6000;

/** What the simulated people work with. */
export interface DemoEventsOptions {
  /** A stream of their own. */
  stream: StreamIntake;
  clock: Clock;
  random: Random;
}

/**
 * People at work, simulated: activity of a team and events of a shop's visitors, by the hour of the day. A first start is
 * given two weeks of activity before. While the intake has no room, nothing is made.
 */
export class DemoEvents implements Stoppable {
  readonly #options: DemoEventsOptions;
  readonly #people: DemoPeople;
  readonly #encoder = new TextEncoder();
  readonly #owed = { activity: 0, analytics: 0 };
  /** When what is left of the past happened; the earliest first. */
  readonly #past: number[];
  readonly #cancels: (() => void)[];

  constructor(options: DemoEventsOptions) {
    const { stream, clock, random } = options;
    this.#options = options;
    this.#people = new DemoPeople(random);
    const now = clock.now();
    // Of a past that was cut short the rest is told.
    const told = Math.min(stream.offeredSeq, PAST_ACTIVITY);
    this.#past =
      told === PAST_ACTIVITY ? [] : this.#people.times(PAST_ACTIVITY, now - PAST_MS, now).slice(told);
    this.#tellPast();
    this.#cancels = [
      stream.onRoom(() => this.#tellPast()),
      clock.every(TICK_MS, () => {
        this.#act('activity');
        this.#act('analytics');
      }),
    ];
  }

  stop(): Promise<void> {
    for (const cancel of this.#cancels.splice(0)) cancel();
    return Promise.resolve();
  }

  #tellPast(): void {
    const { stream } = this.#options;
    const now = this.#past.splice(0, stream.room);
    for (const at of now) {
      this.#offer('activity.recorded', { ...this.#people.activity(), occurred_at: toTimestamp(at) });
    }
  }

  #act(what: keyof typeof PER_SECOND): void {
    const { stream, clock } = this.#options;
    if (this.#past.length > 0) return;
    const perSecond = PER_SECOND[what] * businessAt(clock.now());
    // What could not be made within a second, for want of room, is not made up for.
    this.#owed[what] = Math.min(this.#owed[what] + (perSecond * TICK_MS) / 1000, Math.max(1, perSecond));
    for (; this.#owed[what] >= 1 && stream.room > 0; this.#owed[what]--) {
      if (what === 'activity') this.#offer('activity.recorded', this.#people.activity());
      else this.#offer('analytics.event', this.#people.event());
    }
  }

  #offer(family: EventFamily, body: object): void {
    const { stream, clock } = this.#options;
    stream.offer(family, stream.offeredSeq + 1, clock.now(), this.#encoder.encode(JSON.stringify(body)));
  }
}
