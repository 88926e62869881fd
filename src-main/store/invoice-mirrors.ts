import { INDEXED_SORTS } from '../../src-contract/invoice.ts';
import type { PlainQuery } from './invoice-filter.ts';
import { type Extent, InvoiceMirror } from './invoice-mirror.ts';
import { InvoiceRanks } from './invoice-ranks.ts';
import { InvoiceSet } from './invoice-set.ts';
import type { Statements } from './statements.ts';

/** The most rows of an environment that are mirrored; filters of more read the tables, which takes seconds. */
export const MOST_MIRRORED = 4_000_000;

/** Filters whose rows are kept, the last asked for: a byte a row each. */
const MOST_SETS = 4;

/** How much of the warming the mirror is, the rest being the orders of its indexes. */
const MIRROR_SHARE = 0.7;
/** As much as can be done while there is something left. */
const ALMOST = 0.999;

/** A slice of warming begins nothing new after this time. */
const SLICE_MS = 25;

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
    return this.#kept?.mirror.env === env && this.#kept.mirror.isMade;
  }

  /** The mirror of an environment with all that is stored; null when it has too many rows. */
  of(env: number): Mirrored | null {
    const extent = InvoiceMirror.extentOf(this.#sql, env);
    const kept = this.#keptOf(env, extent);
    kept?.mirror.catchUp(this.#sql, extent);
    return kept;
  }

  /**
   * Does some milliseconds of what queries of an environment have to do first, the orders of its indexes included. Answers
   * how much of that is done, from 0 to 1.
   */
  warmSome(env: number): number {
    const mirrored = this.mirrorSome(env);
    if (mirrored < 1) return MIRROR_SHARE * mirrored;
    if (this.#kept === null) return 1;
    const { ranks } = this.#kept;
    const cold = INDEXED_SORTS.filter((sort) => !ranks.isWarm(sort));
    const [next] = cold;
    if (next === undefined) return 1;
    ranks.readSome(this.#sql, next);
    return 1 - ((1 - MIRROR_SHARE) * cold.length) / INDEXED_SORTS.length;
  }

  /** Reads some milliseconds of what a mirror lacks; answers how much it has, from 0 to 1. */
  mirrorSome(env: number): number {
    const extent = InvoiceMirror.extentOf(this.#sql, env);
    const kept = this.#keptOf(env, extent);
    if (kept === null || !kept.mirror.readSome(this.#sql, extent)) return 1;
    // What is purged meanwhile is still counted.
    return Math.min(ALMOST, kept.mirror.count / Math.max(1, extent.rows));
  }

  #keptOf(env: number, { rows }: Extent): Mirrored | null {
    if (rows > this.#mostRows) {
      this.#kept = null;
      return null;
    }
    const kept = this.#kept;
    if (kept?.mirror.env === env && !kept.mirror.isStale(rows)) return kept;
    // Before the next is made: both at once may be too much.
    this.#kept = null;
    const mirror = new InvoiceMirror(env);
    return (this.#kept = { mirror, ranks: new InvoiceRanks(mirror), sets: new Map() });
  }

  /** What a query's filter keeps of a mirror. */
  setOf(mirrored: Mirrored, query: PlainQuery): InvoiceSet {
    const set = this.openSet(mirrored, query);
    set.catchUp(this.#sql);
    return set;
  }

  /** The same, that has yet to look at rows. */
  openSet({ mirror, sets }: Mirrored, { generation, filter }: PlainQuery): InvoiceSet {
    const name = JSON.stringify([generation, filter]);
    const set = sets.get(name) ?? new InvoiceSet(mirror, generation, filter);
    sets.delete(name);
    sets.set(name, set);
    const [oldest] = sets.keys();
    if (sets.size > MOST_SETS && oldest !== undefined) sets.delete(oldest);
    return set;
  }
}

/** Warms the mirror of an environment for one slice of at most about 40 ms; answers how much is done, from 0 to 1. */
export function warmMirrors(mirrors: InvoiceMirrors, env: number, monotonic: () => number): number {
  const until = monotonic() + SLICE_MS;
  let done: number;
  do done = mirrors.warmSome(env);
  while (done < 1 && monotonic() < until);
  return done;
}
