import {
  ALL_TYPES,
  ROLLUP_MS,
  type AnalyticsState,
  type RollupRecord,
} from '../../../src-contract/analytics-store.ts';
import { CellTable, type Cells } from './cell-table.ts';
import { SLOT_MS } from './window-spans.ts';

const MINUTE = ROLLUP_MS['1m'];
const HOUR = ROLLUP_MS['1h'];
const DAY = ROLLUP_MS['1d'];
/** Buckets that begin later than this after now are in no window before they are stored: clocks that are far ahead. */
const AHEAD_MS = 6 * MINUTE;

/** Which buckets are kept in memory: of types apart, and of all types together. Lengths of buckets and of what is kept. */
const KEPT = {
  slots: { bucket: SLOT_MS, kept: 5 * MINUTE },
  minutes: { bucket: MINUTE, kept: HOUR },
  hours: { bucket: HOUR, kept: 24 * HOUR },
  allSeconds: { bucket: ROLLUP_MS['1s'], kept: 15 * MINUTE },
  allQuarters: { bucket: ROLLUP_MS['15m'], kept: 24 * HOUR },
  allHours: { bucket: HOUR, kept: 400 * HOUR },
  allDays: { bucket: DAY, kept: 400 * DAY },
} as const;
/** Name of a table of live cells. */
export type LiveTable = keyof typeof KEPT;
const OF_TYPES = ['slots', 'minutes', 'hours'] as const;
const OF_ALL = ['allSeconds', 'allQuarters', 'allHours', 'allDays'] as const;
const NAMES: readonly LiveTable[] = [...OF_TYPES, ...OF_ALL];

/**
 * The buckets that windows and series are made of, and everything ever counted by type. Memory: at most 1,002 types times
 * 200 slots, 130 minutes and 50 hours, and 4,000 buckets of all types, about 100 bytes each: under 60 MB if every type came
 * in every one of them.
 */
export class LiveCells {
  readonly #tables: Readonly<Record<LiveTable, CellTable>>;
  /** All time, one cell a type. */
  readonly #ever = new CellTable(1);
  #first: number | null;
  /** The slot that time has come to. */
  #now = -Infinity;

  constructor(state: AnalyticsState, now: number) {
    const tableOf = (name: LiveTable) => new CellTable(KEPT[name].bucket);
    this.#tables = Object.fromEntries(NAMES.map((name) => [name, tableOf(name)])) as Record<
      LiveTable,
      CellTable
    >;
    this.#first = state.first;
    this.moveTo(now);
    this.#ever.load(state.ever.map((figures): RollupRecord => ({ ...figures, start: 0 })));
    this.#tables.minutes.load(state.minutes);
    this.#tables.hours.load(state.hours);
    this.#tables.allSeconds.load(state.overall['1s']);
    this.#tables.allQuarters.load(state.overall['15m']);
    this.#tables.allHours.load(state.overall['1h']);
    this.#tables.allDays.load(state.overall['1d']);
  }

  /** Everything ever counted, one cell a type. */
  get ever(): CellTable {
    return this.#ever;
  }

  /** Start of the first hour with events, UTC milliseconds; null: there is none. */
  get first(): number | null {
    return this.#first;
  }

  /** The buckets of a table; those that are too old for its windows may be missing. */
  table(name: LiveTable): CellTable {
    return this.#tables[name];
  }

  /** Puts a slot back that was stored with its minute. */
  loadSlot(slot: RollupRecord): void {
    this.#tables.slots.load([slot]);
  }

  /** Lets what is too old leave memory; a clock that went back changes nothing. */
  moveTo(now: number): void {
    const slot = Math.floor(now / SLOT_MS) * SLOT_MS;
    if (slot <= this.#now) return;
    this.#now = slot;
    for (const name of NAMES) this.#tables[name].prune(this.#from(name));
  }

  /** Adds a second of one type. */
  add(cells: Cells, index: number): void {
    const start = cells.start[index] as number;
    this.#ever.merge(cells, index, cells.type[index], 0);
    const hour = Math.floor(start / HOUR) * HOUR;
    if (this.#first === null || hour < this.#first) this.#first = hour;
    if (start > this.#now + AHEAD_MS) return;
    for (const name of OF_TYPES) this.#add(name, cells, index);
    for (const name of OF_ALL) this.#add(name, cells, index, ALL_TYPES);
  }

  #add(name: LiveTable, cells: Cells, index: number, type = cells.type[index] as number): void {
    if ((cells.start[index] as number) >= this.#from(name)) this.#tables[name].merge(cells, index, type);
  }

  #from(name: LiveTable): number {
    const { bucket, kept } = KEPT[name];
    return Math.floor(this.#now / bucket) * bucket - kept;
  }
}
