import type { PlainQuery } from './invoice-filter.ts';
import { InvoiceMirror } from './invoice-mirror.ts';
import { InvoiceRanks } from './invoice-ranks.ts';
import { InvoiceSet } from './invoice-set.ts';
import type { Statements } from './statements.ts';

/** The most rows of an environment that are mirrored; filters of more read the tables, which takes seconds. */
export const MOST_MIRRORED = 4_000_000;

/** Filters whose rows are kept, the last asked for: a byte a row each. */
const MOST_SETS = 4;

/** A mirror with what was made of it. */
export interface Mirrored {
  mirror: InvoiceMirror;
  ranks: InvoiceRanks;
  sets: Map<string, InvoiceSet>;
}

/** The mirror that a connection keeps: of one environment at a time, the last that was asked for. */
export class InvoiceMirrors {
  readonly #sql: Statements;
  readonly #mostRows: number;
  #kept: Mirrored | null = null;

  constructor(sql: Statements, mostRows: number) {
    this.#sql = sql;
    this.#mostRows = mostRows;
  }

  /** Whether a query would not have to make the mirror first. */
  has(env: number): boolean {
    return this.#kept?.mirror.env === env;
  }

  /** The mirror of an environment with all that is stored; null when it has too many rows. */
  of(env: number): Mirrored | null {
    const rows = InvoiceMirror.rowsOf(this.#sql, env);
    if (rows > this.#mostRows) {
      this.#kept = null;
      return null;
    }
    let kept = this.#kept;
    if (kept === null || kept.mirror.env !== env || kept.mirror.isStale(rows)) {
      // Before the next is made: both at once may be too much.
      this.#kept = null;
      const mirror = new InvoiceMirror(env);
      kept = { mirror, ranks: new InvoiceRanks(mirror), sets: new Map() };
    }
    kept.mirror.catchUp(this.#sql, rows);
    this.#kept = kept;
    return kept;
  }

  /** What a query's filter keeps of a mirror. */
  setOf({ mirror, sets }: Mirrored, { generation, filter }: PlainQuery): InvoiceSet {
    const name = JSON.stringify([generation, filter]);
    const set = sets.get(name) ?? new InvoiceSet(mirror, generation, filter);
    set.catchUp(this.#sql);
    sets.delete(name);
    sets.set(name, set);
    const [oldest] = sets.keys();
    if (sets.size > MOST_SETS && oldest !== undefined) sets.delete(oldest);
    return set;
  }
}
