import { journalId } from '../../src-contract/journal.ts';
import type { EventBatch } from '../../src-contract/journal.ts';
import { slugKey } from './slug-key.ts';
import type { Statements, Value } from './statements.ts';

/** Rows per statement while so many are left: a tenth less time than by twenties; yet more gain nothing. */
const MOST_ROWS = 100;
/** Rows per statement at the end of a batch: there is a statement for each number up to this. */
const FEW_ROWS = 20;

const LEAN = { columns: 'id, kind, occurred_at, received_at, body', places: '(?, ?, ?, ?, ?)', width: 5 };
const PLACED = {
  columns: 'id, kind, occurred_at, received_at, body, place',
  places: '(?, ?, ?, ?, ?, ?)',
  width: 6,
};

/**
 * Writes events of a batch into the journal: the one loop through which every event passes.
 *
 * Statements of many rows, prepared once for each number of rows; one array of parameters, filled again and again and
 * spread into arguments, which better-sqlite3 reads faster than an array; no place column while no event of the batch has
 * one.
 */
export class JournalInsert {
  readonly #sql: Statements;
  readonly #texts = new Map<number, string>();
  readonly #values = new Map<number, Value[]>();

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** Inserts the rows at `indexes`, which rise; all when null. `rewritten` are bodies in place of those of the batch. */
  insert(
    batch: EventBatch,
    indexes: readonly number[] | null,
    rewritten: ReadonlyMap<number, Uint8Array> | null,
  ): void {
    const count = indexes === null ? batch.count : indexes.length;
    const shape = batch.keys.some((key) => key !== null) ? PLACED : LEAN;
    const bytes = batch.bodies;
    const bodies = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let rows: number;
    for (let from = 0; from < count; from += rows) {
      rows = rowsOf(count - from);
      const size = rows * shape.width;
      const values = this.#parameters(size);
      let at = 0;
      for (let row = from; row < from + rows; row += 1) {
        const index = indexes === null ? row : (indexes[row] as number);
        fill(values, at, batch, index, bodies);
        if (rewritten !== null) values[at + 4] = rewritten.get(index) ?? values[at + 4] ?? null;
        if (shape === PLACED) this.#place(values, at, batch.keys[index]);
        at += shape.width;
      }
      this.#sql.prepared(this.#text(shape, rows)).run(...values);
    }
  }

  /** Puts the body of an event that can be asked to be forgotten into its own table. */
  #place(values: Value[], at: number, slug: string | null | undefined): void {
    values[at + 5] = null;
    if (slug === null || slug === undefined) return;
    const { lastInsertRowid } = this.#sql
      .prepared('INSERT INTO portfolio_body (key, event, body) VALUES (?, ?, ?)')
      .run(slugKey(slug), values[at] ?? null, values[at + 4] ?? null);
    values[at + 5] = Number(lastInsertRowid);
    values[at + 4] = null;
  }

  #parameters(size: number): Value[] {
    let values = this.#values.get(size);
    if (values === undefined) {
      values = new Array<Value>(size).fill(null);
      this.#values.set(size, values);
    }
    return values;
  }

  #text(shape: typeof LEAN, rows: number): string {
    const name = rows * 8 + shape.width;
    let text = this.#texts.get(name);
    if (text === undefined) {
      text = `INSERT INTO journal (${shape.columns}) VALUES ${new Array(rows).fill(shape.places).join(', ')}`;
      this.#texts.set(name, text);
    }
    return text;
  }
}

/** How many of the rows that are left the next statement inserts. */
function rowsOf(left: number): number {
  return left >= MOST_ROWS ? MOST_ROWS : Math.min(FEW_ROWS, left);
}

function fill(values: Value[], at: number, batch: EventBatch, index: number, bodies: Buffer): void {
  values[at] = journalId(batch.incarnation, batch.seqs[index] as number);
  values[at + 1] = batch.kinds[index] as number;
  values[at + 2] = batch.occurredAt[index] as number;
  values[at + 3] = batch.receivedAt[index] as number;
  const begin = index === 0 ? 0 : (batch.bodyEnds[index - 1] as number);
  values[at + 4] = bodies.subarray(begin, batch.bodyEnds[index]);
}
