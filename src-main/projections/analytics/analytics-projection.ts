import type { AnalyticsWindow } from '../../../src-contract/analytics.ts';
import type {
  AnalyticsCheckpoint,
  AnalyticsState,
  RecentMinute,
} from '../../../src-contract/analytics-store.ts';
import type { AnalyticsBody } from '../../../src-contract/event-bodies.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import { EventAggregator } from './event-aggregator.ts';
import { eventColumns, isCounted } from './event-columns.ts';
import type { EventSums } from './event-sums.ts';
import { LiveCells } from './live-cells.ts';
import { PendingRollups } from './pending-rollups.ts';
import { RecentMinutes } from './recent-minutes.ts';
import { ReceivedRate } from './received-rate.ts';
import { ShardPool, type ShardPoolOptions } from './shard-pool.ts';
import { startThreadShard } from './thread-shard.ts';
import { TYPE_NUMBERS, TypeRegister } from './type-register.ts';
import { UserSketches } from './user-sketches.ts';
import { processedOf, windowFigures, type WindowFigures } from './window-figures.ts';
import { windowSeries, type SeriesBucket } from './window-series.ts';

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
  #shards: ShardPool | null = null;
  /** The last batch that came; with shards it may not be applied yet. */
  #seen: number;
  #batch: number;
  #writtenBatch: number;

  constructor({ env, state, now }: AnalyticsProjectionOptions) {
    this.#env = env;
    this.#now = now;
    this.#seen = state.batch;
    this.#batch = state.batch;
    this.#writtenBatch = state.batch;
    this.#types = new TypeRegister(state);
    this.#users = new UserSketches(state, now());
    this.#cells = new LiveCells(state, now());
    this.#recent = new RecentMinutes(this.#cells, this.#users);
    this.#recent.load(state.recent);
    this.#aggregator = new EventAggregator(this.#types, this.#users, TYPE_NUMBERS);
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
    if (batch <= this.#seen) return;
    this.#seen = batch;
    this.#move();
    const counted = events.filter(isCounted);
    if (counted.length > 0) this.#rate.add(counted.at(-1)?.receivedAt ?? 0, counted.length);
    if (this.#shards === null) this.#sumUp(batch, counted);
    else this.#sendOff(batch, counted, this.#shards);
  }

  /**
   * Sums events up in this many threads beside this one from now on; 0: in this one. A batch is then applied when its sums
   * are back, in the order of batches, and `onFailure` told of threads that fail, whose work is done here.
   */
  async useShards(
    count: number,
    onFailure: (error: Error) => void,
    start: ShardPoolOptions['start'] = startThreadShard,
  ): Promise<void> {
    const before = this.#shards;
    this.#shards = null;
    // What it has is summed up before it stops, at once: a batch that comes meanwhile comes after it.
    const stopped = before?.stop();
    if (count > 0) this.#shards = new ShardPool({ count, start, onFailure });
    await stopped;
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

  #sumUp(batch: number, events: readonly JournalEvent[]): void {
    for (const { occurredAt, body } of events) {
      const { type, value, user_id: user } = body as AnalyticsBody;
      this.#aggregator.take(type, value, occurredAt, user);
    }
    this.#close(batch);
  }

  #sendOff(batch: number, events: readonly JournalEvent[], shards: ShardPool): void {
    const columns = eventColumns(events);
    const parts: EventSums[] = [];
    for (const part of columns) {
      shards.sumUp(part, (sums) => {
        // Not before the whole batch is there: a checkpoint holds whole batches.
        if (parts.push(sums) < columns.length) return;
        for (const one of parts) this.#merge(one);
        this.#close(batch);
      });
    }
  }

  #merge({ types, events, cells, size, usersAt, userPlaces }: EventSums): void {
    const numbers = types.map((name, index) => this.#types.numberOf(name, events[index]));
    for (let row = 0; row < size; row += 1) {
      this.#aggregator.cells.merge(cells, row, numbers[cells.type[row] as number]);
    }
    for (const [index, at] of usersAt.entries()) this.#users.addPlace(at, userPlaces[index] as number);
  }

  #close(batch: number): void {
    this.#types.settle();
    this.#batch = batch;
    if (this.#aggregator.cells.size >= MOST_CELLS) this.#drain();
  }
}
