import { totalRows } from './invoice-total-table.ts';
import type { Statements } from './statements.ts';
import { TextNumbers } from './text-numbers.ts';

/** Rows that are read at least, so that a small table is not mirrored again for each one that is purged. */
const SLACK_ROWS = 10_000;

/** Ids that are looked at in one go: some milliseconds. */
const BLOCK_IDS = 5_000;

/** The shown invoices of an environment, the hidden generations included: how many, and their first and newest ids. */
export interface Extent {
  rows: number;
  first: number;
  newest: number;
}

type MirroredRow = [
  id: number,
  generation: number,
  company: string,
  currency: string,
  state: number,
  source: string,
  issuedAt: number,
  dueAt: number | null,
  net: number,
  vat: number,
  gross: number,
  grossSort: number,
];

/**
 * The shown invoices of one environment as columns in memory, about 70 bytes a row, the hidden generations included; row i
 * of every column is the same invoice, and ids rise. A filter looks at a million rows in milliseconds so; reading them
 * from their table takes a second.
 */
export class InvoiceMirror {
  readonly env: number;
  count = 0;
  /** Whether it once had all rows there were: what is missing since is little. */
  isMade = false;
  /** Every id up to this one was looked at. */
  #readTo = 0;
  ids = new Float64Array();
  generations = new Uint32Array();
  companies = new Uint32Array();
  currencies = new Uint16Array();
  states = new Uint8Array();
  sources = new Uint16Array();
  issuedAt = new Float64Array();
  /** -Infinity: none. */
  dueAt = new Float64Array();
  nets = new Float64Array();
  vats = new Float64Array();
  grosses = new Float64Array();
  grossSorts = new Float64Array();
  readonly companyNames = new TextNumbers();
  readonly currencyCodes = new TextNumbers();
  readonly sourceNames = new TextNumbers();

  constructor(env: number) {
    this.env = env;
  }

  /** What is stored of an environment. Counts no rows. */
  static extentOf(sql: Statements, env: number): Extent {
    const totals = totalRows(sql, env);
    return {
      rows: totals.reduce((rows, { count }) => rows + count, 0),
      first: Math.min(...totals.map((total) => total.first)),
      newest: Math.max(0, ...totals.map((total) => total.newest)),
    };
  }

  /** Whether so much of it was purged that it should be made again. */
  isStale(rows: number): boolean {
    return this.count > rows + Math.max(SLACK_ROWS, rows / 4);
  }

  /** Reads the rows that were shown since. */
  catchUp(sql: Statements, extent: Extent): void {
    while (this.readSome(sql, extent)) continue;
  }

  /** Reads some milliseconds of them; false when none were left. */
  readSome(sql: Statements, { rows, first, newest }: Extent): boolean {
    const from = Math.max(this.#readTo, first - 1);
    if (from >= newest) {
      this.isMade = true;
      return false;
    }
    this.#reserve(rows);
    const to = Math.min(newest, from + BLOCK_IDS);
    const read = sql
      .prepared(
        `SELECT id, generation, company, currency, state, source, issued_at, due_at, net, vat, gross, gross_sort
          FROM invoice NOT INDEXED WHERE id > ? AND id <= ? AND env = ? ORDER BY id`,
      )
      .raw();
    for (const row of read.iterate(from, to, this.env)) this.#add(row as MirroredRow);
    this.#readTo = to;
    return true;
  }

  /** The row of an id; -1 when it has none. */
  rowOf(id: number): number {
    const row = this.firstAfter(id) - 1;
    return row >= 0 && this.ids[row] === id ? row : -1;
  }

  /** The first row with a larger id; `count` when there is none. */
  firstAfter(id: number): number {
    let from = 0;
    // Ids have gaps only where other environments or purged rows lie between: most rows stand as far along as their id.
    let to = Math.max(0, Math.min(this.count, id - (this.ids[0] ?? 0) + 1));
    if (to > 0 && this.ids[to - 1] === id) return to;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.ids[middle] ?? 0) <= id) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #add(row: MirroredRow): void {
    if (this.count === this.ids.length) this.#reserve(this.count + 1);
    const at = this.count;
    this.ids[at] = row[0];
    this.generations[at] = row[1];
    this.companies[at] = this.companyNames.of(row[2]);
    this.currencies[at] = this.currencyCodes.of(row[3]);
    this.states[at] = row[4];
    this.sources[at] = this.sourceNames.of(row[5]);
    this.issuedAt[at] = row[6];
    this.dueAt[at] = row[7] ?? -Infinity;
    this.nets[at] = row[8];
    this.vats[at] = row[9];
    this.grosses[at] = row[10];
    this.grossSorts[at] = row[11];
    this.count = at + 1;
  }

  /** Makes room for so many rows, and some more when it has to. */
  #reserve(rows: number): void {
    if (rows <= this.ids.length) return;
    const size = Math.ceil(Math.max(rows, 1024) * 1.25);
    this.ids = grown(this.ids, new Float64Array(size));
    this.generations = grown(this.generations, new Uint32Array(size));
    this.companies = grown(this.companies, new Uint32Array(size));
    this.currencies = grown(this.currencies, new Uint16Array(size));
    this.states = grown(this.states, new Uint8Array(size));
    this.sources = grown(this.sources, new Uint16Array(size));
    this.issuedAt = grown(this.issuedAt, new Float64Array(size));
    this.dueAt = grown(this.dueAt, new Float64Array(size));
    this.nets = grown(this.nets, new Float64Array(size));
    this.vats = grown(this.vats, new Float64Array(size));
    this.grosses = grown(this.grosses, new Float64Array(size));
    this.grossSorts = grown(this.grossSorts, new Float64Array(size));
  }
}

function grown<Column extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(
  old: Column,
  larger: Column,
): Column {
  larger.set(old);
  return larger;
}
