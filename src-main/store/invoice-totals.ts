import type { CurrencySums, InvoiceQuery } from '../../src-contract/invoice-store.ts';
import { conditionOf, inViewOf } from './invoice-condition.ts';
import { keepsAll, plainQuery, type PlainQuery } from './invoice-filter.ts';
import type { Mirrored, InvoiceMirrors } from './invoice-mirrors.ts';
import { InvoiceSums } from './invoice-sums.ts';
import { totalsInView } from './invoice-total-table.ts';
import type { Statements } from './statements.ts';

/** Rows behind an id that are added up from their table; more of them from the mirror. */
const FEW_ROWS = 5_000;

/** Sums per currency, and the highest id in view up to which they count. */
export interface CountedSums {
  sums: CurrencySums[];
  newest: number;
}

/** Exact sums of what a filter keeps; `env` is the number of an environment. */
export class InvoiceTotalReads {
  readonly #sql: Statements;
  readonly #mirrors: InvoiceMirrors;

  constructor(sql: Statements, mirrors: InvoiceMirrors) {
    this.#sql = sql;
    this.#mirrors = mirrors;
  }

  /** The sums of what a query keeps above the id `after`. */
  read(env: number, asked: Omit<InvoiceQuery, 'sort'>, after: number): CountedSums {
    const query = plainQuery(env, asked);
    const inView = totalsInView(this.#sql, env, query.generation);
    const all = keepsAll(query.filter);
    if (all && after === 0 && query.asOf >= inView.newest)
      return { sums: inView.sums, newest: inView.newest };
    const newest = query.asOf >= inView.newest ? inView.newest : this.#newest(query);
    if (newest <= after) return { sums: [], newest };
    const few = newest - after <= FEW_ROWS && !this.#mirrors.has(env);
    const mirrored = few ? null : this.#mirrors.of(env);
    const sums =
      mirrored === null ? this.#fromTables(query, after) : this.#fromMirror(mirrored, query, after);
    return { sums: sums.list(), newest };
  }

  #newest(query: PlainQuery): number {
    const { sql, values } = inViewOf(query);
    return (
      this.#sql.row<{ id: number }>(
        `SELECT id FROM invoice NOT INDEXED WHERE ${sql} ORDER BY id DESC LIMIT 1`,
        ...values,
      )?.id ?? 0
    );
  }

  #fromMirror(mirrored: Mirrored, query: PlainQuery, after: number): InvoiceSums {
    const { mirror } = mirrored;
    const { marks } = this.#mirrors.setOf(mirrored, query);
    const sums = new InvoiceSums();
    const { currencies, nets, vats, grosses } = mirror;
    const byCurrency = mirror.currencyCodes.texts.map((currency) => sums.of(currency));
    const end = mirror.firstAfter(query.asOf);
    for (let row = mirror.firstAfter(after); row < end; row += 1) {
      if (marks[row] === 1)
        byCurrency[currencies[row] ?? 0]?.addRow(nets[row] ?? 0, vats[row] ?? 0, grosses[row] ?? 0);
    }
    return sums;
  }

  #fromTables(query: PlainQuery, after: number): InvoiceSums {
    const { sql, values } = conditionOf(query);
    const sums = new InvoiceSums();
    const rows = this.#sql.each<{ currency: string; net: number; vat: number; gross: number }>(
      `SELECT currency, net, vat, gross FROM invoice NOT INDEXED WHERE id > ? AND ${sql}`,
      after,
      ...values,
    );
    for (const { currency, net, vat, gross } of rows) sums.addRow(currency, net, vat, gross);
    return sums;
  }
}
