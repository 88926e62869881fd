import {
  ALL_TYPES,
  ROLLUP_LEVELS,
  ROLLUP_MS,
  type AnalyticsRollups,
  type RollupLevelName,
} from '../../../src-contract/analytics-store.ts';
import { CellTable, type Cells } from './cell-table.ts';

/** Levels whose buckets tell types apart, above the minutes of which they are made. */
const LONGER = ['15m', '1h', '1d'] as const;
/** A checkpoint is due when there are this many cells; with the levels above it holds at most four times as many. */
const FULL = 20_000;

/** What happened since the last checkpoint: seconds of all types together, minutes of each. */
export class PendingRollups {
  readonly #seconds = new CellTable(ROLLUP_MS['1s']);
  readonly #minutes = new CellTable(ROLLUP_MS['1m']);

  /** Whether a checkpoint is due, so that memory stays bounded. */
  get isFull(): boolean {
    return this.#seconds.size + this.#minutes.size >= FULL;
  }

  /** Adds a second of one type. */
  add(cells: Cells, index: number): void {
    this.#seconds.merge(cells, index, ALL_TYPES);
    this.#minutes.merge(cells, index);
  }

  /** Hands out everything as rollups of every level, and begins anew. */
  take(): AnalyticsRollups {
    const levels: [RollupLevelName, CellTable][] = [
      ['1s', this.#seconds],
      ['1m', this.#minutes],
      ...LONGER.map((level): [RollupLevelName, CellTable] => [level, this.#folded(level)]),
    ];
    const rollups = emptyRollups(levels.reduce((sum, [, table]) => sum + table.size, 0));
    let next = 0;
    for (const [level, table] of levels) next = pour(table, ROLLUP_LEVELS[level], rollups, next);
    this.#seconds.clear();
    this.#minutes.clear();
    return rollups;
  }

  #folded(level: RollupLevelName): CellTable {
    const folded = new CellTable(ROLLUP_MS[level]);
    for (let row = 0; row < this.#minutes.size; row += 1) folded.merge(this.#minutes.cells, row);
    return folded;
  }
}

/** Copies a table behind what is in the rollups; answers where the next one goes. */
function pour(table: CellTable, level: number, rollups: AnalyticsRollups, from: number): number {
  for (let row = 0; row < table.size; row += 1) {
    const { events, valued, units, micros, min, max } = table.figures(row);
    const index = from + row;
    rollups.level[index] = level;
    rollups.start[index] = table.cells.start[row] as number;
    rollups.type[index] = table.cells.type[row] as number;
    rollups.events[index] = events;
    rollups.valued[index] = valued;
    rollups.units[index] = units;
    rollups.micros[index] = micros;
    rollups.min[index] = min;
    rollups.max[index] = max;
  }
  return from + table.size;
}

function emptyRollups(count: number): AnalyticsRollups {
  const numbers = () => new Float64Array(count);
  return {
    count,
    level: new Uint8Array(count),
    start: numbers(),
    type: new Uint32Array(count),
    events: numbers(),
    valued: numbers(),
    units: numbers(),
    micros: numbers(),
    min: numbers(),
    max: numbers(),
  };
}
