import { ALL_TYPES, type RollupRecord } from '../../../src-contract/analytics-store.ts';

/** Numbers of types are below this: with it, buckets and types make one exact key, in years of up to four digits. */
export const MAX_CELL_TYPES = 16_384;
const FIRST_ROWS = 64;
/** Millionths beyond a million whole ones are carried, so that they stay exact. */
const CARRY = 1e12;

/** The columns of a {@link CellTable}: index i of each is the same cell. Valid until a cell is added. */
export interface Cells {
  start: Float64Array;
  type: Uint16Array;
  events: Float64Array;
  valued: Float64Array;
  units: Float64Array;
  micros: Float64Array;
  min: Float64Array;
  max: Float64Array;
}

/** A bucket of a type without its place; a {@link RollupRecord} is one. */
export type CellFigures = Omit<RollupRecord, 'start' | 'type'>;

/**
 * Counts, exact sums and extremes of values by bucket of time and type, as columns: adding to a known cell allocates
 * nothing. Its owner keeps it small by clearing or pruning.
 */
export class CellTable {
  /** Length of the buckets in milliseconds. */
  readonly length: number;
  readonly #rows = new Map<number, number>();
  #cells: Cells = emptyCells(FIRST_ROWS);
  #size = 0;

  /** @param length of the buckets in milliseconds. */
  constructor(length: number) {
    this.length = length;
  }

  /** Number of cells. */
  get size(): number {
    return this.#size;
  }

  /** The columns, of which the first {@link size} cells are taken. */
  get cells(): Cells {
    return this.#cells;
  }

  /** The row of a bucket, named by any time in it, and a type; added when there is none. */
  row(at: number, type: number): number {
    const bucket = Math.floor(at / this.length);
    const key = bucket * MAX_CELL_TYPES + type;
    return this.#rows.get(key) ?? this.#add(key, bucket * this.length, type);
  }

  /** The row of all types in the bucket of a time; null: there is none. */
  find(at: number): number | null {
    return this.#rows.get(Math.floor(at / this.length) * MAX_CELL_TYPES + ALL_TYPES) ?? null;
  }

  /** Counts an event without a value. */
  count(row: number): void {
    const { events } = this.#cells;
    events[row] = (events[row] as number) + 1;
  }

  /** Counts an event with a value, which is rounded to the millionth. */
  countValue(row: number, value: number): void {
    const { events, valued, units, micros, min, max } = this.#cells;
    events[row] = (events[row] as number) + 1;
    valued[row] = (valued[row] as number) + 1;
    const whole = Math.trunc(value);
    units[row] = (units[row] as number) + whole;
    if (whole !== value) micros[row] = (micros[row] as number) + millionths(value - whole);
    if (value < (min[row] as number)) min[row] = value;
    if (value > (max[row] as number)) max[row] = value;
  }

  /** Adds a cell of a table of shorter buckets, or equal ones, to the cell that contains it, or to another one. */
  merge(
    from: Cells,
    index: number,
    type: number = from.type[index] as number,
    at: number = from.start[index] as number,
  ): void {
    const row = this.row(at, type);
    const { events, valued, units, micros, min, max } = this.#cells;
    events[row] = (events[row] as number) + (from.events[index] as number);
    if (from.valued[index] === 0) return;
    valued[row] = (valued[row] as number) + (from.valued[index] as number);
    units[row] = (units[row] as number) + (from.units[index] as number);
    micros[row] = (micros[row] as number) + (from.micros[index] as number);
    if ((from.min[index] as number) < (min[row] as number)) min[row] = from.min[index] as number;
    if ((from.max[index] as number) > (max[row] as number)) max[row] = from.max[index] as number;
    this.#carry(row);
  }

  /** Adds stored buckets. */
  load(records: readonly RollupRecord[]): void {
    for (const record of records) {
      const row = this.row(record.start, record.type);
      setFigures(this.#cells, row, addFigures(this.figures(row), record));
      this.#carry(row);
    }
  }

  /** What a cell holds. */
  figures(row: number): CellFigures {
    const { events, valued, units, micros, min, max } = this.#cells;
    const any = valued[row] !== 0;
    return {
      events: events[row] as number,
      valued: valued[row] as number,
      units: units[row] as number,
      micros: micros[row] as number,
      min: any ? (min[row] as number) : 0,
      max: any ? (max[row] as number) : 0,
    };
  }

  /** Forgets everything. */
  clear(): void {
    this.#rows.clear();
    this.#size = 0;
    this.#cells = emptyCells(FIRST_ROWS);
  }

  /** Forgets buckets that begin before a time, as soon as they are half of all: a table is copied for it. */
  prune(from: number): void {
    const { start } = this.#cells;
    let old = 0;
    for (let row = 0; row < this.#size; row += 1) if ((start[row] as number) < from) old += 1;
    if (old === 0 || old * 2 < this.#size) return;
    const [before, size] = [this.#cells, this.#size];
    this.clear();
    for (let row = 0; row < size; row += 1)
      if ((before.start[row] as number) >= from) this.merge(before, row);
  }

  #add(key: number, start: number, type: number): number {
    const row = this.#size;
    if (row === this.#cells.start.length) this.#cells = grown(this.#cells);
    this.#rows.set(key, row);
    this.#size = row + 1;
    this.#cells.start[row] = start;
    this.#cells.type[row] = type;
    this.#cells.min[row] = Infinity;
    this.#cells.max[row] = -Infinity;
    return row;
  }

  #carry(row: number): void {
    const { units, micros } = this.#cells;
    const part = micros[row] as number;
    if (Math.abs(part) < CARRY) return;
    const whole = Math.trunc(part / 1e6);
    units[row] = (units[row] as number) + whole;
    micros[row] = part - whole * 1e6;
  }
}

/** Adds the figures of two sets of events. */
export function addFigures(a: CellFigures, b: CellFigures): CellFigures {
  const [extremes, others] = a.valued === 0 ? [b, b] : [a, b.valued === 0 ? a : b];
  return {
    events: a.events + b.events,
    valued: a.valued + b.valued,
    units: a.units + b.units,
    micros: a.micros + b.micros,
    min: Math.min(extremes.min, others.min),
    max: Math.max(extremes.max, others.max),
  };
}

/** A fraction in whole millionths, half away from zero. */
function millionths(fraction: number): number {
  const scaled = fraction * 1e6;
  return scaled < 0 ? -Math.floor(0.5 - scaled) : Math.floor(scaled + 0.5);
}

function setFigures(cells: Cells, row: number, figures: CellFigures): void {
  cells.events[row] = figures.events;
  cells.valued[row] = figures.valued;
  cells.units[row] = figures.units;
  cells.micros[row] = figures.micros;
  cells.min[row] = figures.valued === 0 ? Infinity : figures.min;
  cells.max[row] = figures.valued === 0 ? -Infinity : figures.max;
}

function emptyCells(rows: number): Cells {
  const numbers = () => new Float64Array(rows);
  return {
    start: numbers(),
    type: new Uint16Array(rows),
    events: numbers(),
    valued: numbers(),
    units: numbers(),
    micros: numbers(),
    min: numbers(),
    max: numbers(),
  };
}

function grown(cells: Cells): Cells {
  const larger = emptyCells(cells.start.length * 2);
  for (const name of Object.keys(cells) as (keyof Cells)[]) larger[name].set(cells[name]);
  return larger;
}
