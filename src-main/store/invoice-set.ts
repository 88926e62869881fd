import type { PlainFilter } from './invoice-filter.ts';
import type { InvoiceMirror } from './invoice-mirror.ts';
import { matchOf } from './invoice-words.ts';
import type { Statements } from './statements.ts';

/** Rows that are looked at in one go: some milliseconds. */
const BLOCK_ROWS = 50_000;

/** Which rows of a mirror a filter keeps of a generation and of what is always in view: 1 for each, else 0. */
export class InvoiceSet {
  readonly #mirror: InvoiceMirror;
  readonly #generation: number;
  readonly #filter: PlainFilter;
  /** By the mirror's rows, as far as it was looked at. */
  marks = new Uint8Array();
  #seen = 0;

  constructor(mirror: InvoiceMirror, generation: number, filter: PlainFilter) {
    this.#mirror = mirror;
    this.#generation = generation;
    this.#filter = filter;
  }

  /** Looks at the rows that the mirror has got since. */
  catchUp(sql: Statements): void {
    while (this.lookAtSome(sql)) continue;
  }

  /** Looks at some milliseconds of them; false when none were left. */
  lookAtSome(sql: Statements): boolean {
    const from = this.#seen;
    if (from === this.#mirror.count) return false;
    const to = Math.min(this.#mirror.count, from + BLOCK_ROWS);
    if (to > this.marks.length) {
      const larger = new Uint8Array(this.#mirror.ids.length);
      larger.set(this.marks);
      this.marks = larger;
    }
    this.marks.fill(1, from, to);
    this.#markView(from, to);
    this.#markEqual(from, to);
    this.#markBetween(from, to);
    this.#markWords(sql, from, to);
    this.#seen = to;
    return true;
  }

  /** How many rows before a row it keeps. */
  countBefore(end: number): number {
    let kept = 0;
    for (let row = 0; row < end; row += 1) kept += this.marks[row] ?? 0;
    return kept;
  }

  #markView(from: number, to: number): void {
    const { generations } = this.#mirror;
    for (let row = from; row < to; row += 1) {
      const generation = generations[row];
      if (generation !== 0 && generation !== this.#generation) this.marks[row] = 0;
    }
  }

  #markEqual(from: number, to: number): void {
    const { companies, companyNames, currencies, currencyCodes, states } = this.#mirror;
    const { company, currency, state } = this.#filter;
    // -1 is the number of no text.
    if (company !== null) this.#keep(from, to, companies, companyNames.find(company) ?? -1);
    if (currency !== null) this.#keep(from, to, currencies, currencyCodes.find(currency) ?? -1);
    if (state !== null) this.#keep(from, to, states, state);
  }

  #keep(from: number, to: number, column: Uint32Array | Uint16Array | Uint8Array, value: number): void {
    for (let row = from; row < to; row += 1) if (column[row] !== value) this.marks[row] = 0;
  }

  #markBetween(from: number, to: number): void {
    const { issuedAt, grossSorts } = this.#mirror;
    const filter = this.#filter;
    if (filter.from !== null) this.#keepFrom(from, to, issuedAt, filter.from);
    if (filter.min !== null) this.#keepFrom(from, to, grossSorts, filter.min);
    const { to: end, max } = filter;
    if (end !== null)
      for (let row = from; row < to; row += 1) if ((issuedAt[row] ?? 0) >= end) this.marks[row] = 0;
    if (max !== null)
      for (let row = from; row < to; row += 1) if ((grossSorts[row] ?? 0) > max) this.marks[row] = 0;
  }

  #keepFrom(from: number, to: number, column: Float64Array, least: number): void {
    for (let row = from; row < to; row += 1) if ((column[row] ?? 0) < least) this.marks[row] = 0;
  }

  /** Both the ids of the full-text table and those of the mirror rise: they are walked together. */
  #markWords(sql: Statements, from: number, to: number): void {
    const { words } = this.#filter;
    if (words === null) return;
    const { ids } = this.#mirror;
    const found = sql
      .prepared('SELECT rowid FROM invoice_text WHERE invoice_text MATCH ? AND rowid BETWEEN ? AND ?')
      .pluck()
      .all(matchOf(words), ids[from] ?? 0, ids[to - 1] ?? 0) as number[];
    let next = 0;
    for (let row = from; row < to; row += 1) {
      const id = ids[row] ?? 0;
      while (next < found.length && (found[next] ?? 0) < id) next += 1;
      if (found[next] !== id) this.marks[row] = 0;
    }
  }
}
