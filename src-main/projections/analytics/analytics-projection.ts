import type { AnalyticsWindow } from '../../../src-contract/analytics.ts';
import type {
  AnalyticsCheckpoint,
  AnalyticsState,
  RecentMinute,
} from '../../../src-contract/analytics-store.ts';
import type { AnalyticsBody } from '../../../src-contract/event-bodies.ts';
import { EVENT_KINDS } from '../../../src-contract/event-kinds.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import { EventAggregator } from './event-aggregator.ts';
import { LiveCells } from './live-cells.ts';
import { PendingRollups } from './pending-rollups.ts';
import { RecentMinutes } from './recent-minutes.ts';
import { ReceivedRate } from './received-rate.ts';
import { TypeRegister } from './type-register.ts';
import { UserSketches } from './user-sketches.ts';
import { processedOf, windowFigures, type WindowFigures } from './window-figures.ts';
import { windowSeries, type SeriesBucket } from './window-series.ts';

const EVENT = EVENT_KINDS['analytics.event'];
/** Cells of the aggregator are moved on when there are this many, so that events of ever-new times do not pile up. */
const MOST_CELLS = 10_000;

/** What the projection is made of and with. */
export interface AnalyticsProjectionOptions {
  env: string;
  state: AnalyticsState;
  /** The wall clock, UTC milliseconds: what is too old for every window leaves memory by it. */
  now: () => number;
}

/**
 * Events summed up over windows: a fold over the journal, equal for the same events in whatever order and batches they come,
 * and to one that began with a checkpoint and the journal after it. Events are counted by when they occurred: a late one goes
 * into the bucket it belongs to. Only what of too many types gets a number of its own depends on the order.
 */
export class AnalyticsProjection {
  readonly #env: string;
  readonly #now: () => number;
  readonly #types: TypeRegister;
  readonly #users: UserSketches;
  readonly #cells: LiveCells;
  readonly #aggregator: EventAggregator;
  readonly #pending = new PendingRollups();
  readonly #recent: RecentMinutes;
  readonly #rate = new ReceivedRate();
  #batch: number;
  #writtenBatch: number;

  constructor({ env, state, now }: AnalyticsProjectionOptions) {
    this.#env = env;
    this.#now = now;
    this.#batch = state.batch;
    this.#writtenBatch = state.batch;
    this.#types = new TypeRegister(state);
    this.#users = new UserSketches(state, now());
    this.#cells = new LiveCells(state, now());
    this.#recent = new RecentMinutes(this.#cells, this.#users);
    this.#recent.load(state.recent);
    this.#aggregator = new EventAggregator(this.#types, this.#users);
  }

  /** Number of the last batch that was applied. */
  get batch(): number {
    return this.#batch;
  }

  /** Events of the environment ever. */
  get processed(): number {
    this.#drain();
    return processedOf(this.#cells);
  }

  /** Whether a checkpoint should be taken now, because much waits for one. */
  get full(): boolean {
    return this.#pending.isFull;
  }

  /** Applies one committed batch; one that was applied before changes nothing. */
  apply(batch: number, events: readonly JournalEvent[]): void {
    if (batch <= this.#batch) return;
    this.#batch = batch;
    this.#move();
    let counted = 0;
    for (const { kind, occurredAt, body } of events) {
      if (kind !== EVENT || body === null) continue;
      const { type, value, user_id: user } = body as AnalyticsBody;
      this.#aggregator.take(type, value, occurredAt, user);
      counted += 1;
    }
    this.#types.settle();
    if (counted > 0) this.#rate.add(events.at(-1)?.receivedAt ?? 0, counted);
    if (this.#aggregator.cells.size >= MOST_CELLS) this.#drain();
  }

  /** What came since the checkpoint before, to be merged into what is stored; null when there is nothing to say. */
  takeCheckpoint(): AnalyticsCheckpoint | null {
    if (this.#batch === this.#writtenBatch) return null;
    this.#writtenBatch = this.#batch;
    this.#drain();
    const recent: RecentMinute[] = this.#recent.take();
    return {
      env: this.#env,
      batch: this.#batch,
      rollups: this.#pending.take(),
      ...this.#types.take(),
      ...this.#users.take(),
      recent,
      recentFrom: this.#users.minutesFrom,
    };
  }

  /** The number under which events of a type are stored; undefined for a type that never came, or came beyond the cap. */
  typeNumber(name: string): number | undefined {
    return this.#types.find(name);
  }

  /** What a window comes to at this time, UTC milliseconds. */
  figures(window: AnalyticsWindow, now: number): WindowFigures {
    this.#drain();
    const sources = { cells: this.#cells, types: this.#types, users: this.#users };
    return windowFigures(sources, window, now, this.eventsPerSecond(now));
  }

  /** The series of a window, oldest first, at most 400 buckets; those without events are in it. */
  series(window: AnalyticsWindow, now: number): SeriesBucket[] {
    this.#drain();
    return windowSeries(this.#cells, window, now);
  }

  /** Events received a second, over the last 5 whole ones. */
  eventsPerSecond(now: number): number {
    return this.#rate.perSecond(now);
  }

  /** Moves what was aggregated into windows and into what waits for a checkpoint. */
  #drain(): void {
    this.#move();
    const { cells: table } = this.#aggregator;
    for (let row = 0; row < table.size; row += 1) {
      this.#cells.add(table.cells, row);
      this.#pending.add(table.cells, row);
      this.#recent.touch(table.cells.start[row] as number);
    }
    this.#aggregator.clear();
  }

  #move(): void {
    const now = this.#now();
    this.#cells.moveTo(now);
    this.#users.moveTo(now);
  }
}
