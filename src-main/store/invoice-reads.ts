import type {
  CurrencySums,
  InvoiceDetailRow,
  InvoiceExtras,
  InvoiceQuery,
  InvoiceRow,
} from '../../src-contract/invoice-store.ts';
import type { Page } from '../../src-contract/paging.ts';
import { conditionOf } from './invoice-condition.ts';
import { INVOICE_COLUMNS, type StoredInvoice, toInvoiceRow } from './invoice-row.ts';
import { indexedSort, SORT_SQL } from './invoice-sort.ts';
import { InvoiceSums } from './invoice-sums.ts';
import { wordsOf } from './invoice-words.ts';
import type { Statements } from './statements.ts';

/** Reads invoices of one connection. Called inside a transaction; `env` is the number of an environment. */
export class InvoiceReads {
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  rows(env: number, query: InvoiceQuery, offset: number, limit: number): InvoiceRow[] {
    const key = indexedSort(query.sort);
    const { sql, values } = conditionOf(env, query, 0);
    const way = key.descending ? 'DESC' : 'ASC';
    return this.#sql
      .rows<StoredInvoice>(
        `SELECT ${INVOICE_COLUMNS} FROM invoice WHERE ${sql}
          ORDER BY ${SORT_SQL[key.column]} ${way}, id ${way} LIMIT ? OFFSET ?`,
        ...values,
        limit,
        offset,
      )
      .map(toInvoiceRow);
  }

  page(env: number, query: InvoiceQuery, limit: number, cursor: string | null): Page<InvoiceRow> {
    const offset = cursor === null ? 0 : Number(cursor);
    const rows = this.rows(env, query, offset, limit + 1);
    return {
      items: rows.slice(0, limit),
      next_cursor: rows.length > limit ? String(offset + limit) : null,
    };
  }

  totals(
    env: number,
    query: Omit<InvoiceQuery, 'sort'>,
    after: number,
  ): { sums: CurrencySums[]; newest: number } {
    const { sql, values } = conditionOf(env, query, after);
    const sums = new InvoiceSums();
    let newest = 0;
    const rows = this.#sql.rows<CurrencySums & { newest: number }>(
      `SELECT currency, count(*) AS count, CAST(sum(net) AS TEXT) AS net, CAST(sum(vat) AS TEXT) AS vat,
          CAST(sum(gross) AS TEXT) AS gross, max(id) AS newest FROM invoice WHERE ${sql} GROUP BY currency`,
      ...values,
    );
    for (const row of rows) {
      sums.add(row);
      newest = Math.max(newest, row.newest);
    }
    return { sums: sums.list(), newest };
  }

  detail(env: number, generation: number, id: number): InvoiceDetailRow | null {
    const row = this.#sql.row<
      StoredInvoice & { receivedAt: number; shownAt: number; run: number | null; extras: string }
    >(
      `SELECT ${INVOICE_COLUMNS}, received_at AS receivedAt, shown_at AS shownAt, run, extras
        FROM invoice JOIN invoice_detail USING (id) WHERE id = ? AND env = ? AND generation IN (0, ?)`,
      id,
      env,
      generation,
    );
    if (row === undefined) return null;
    const { receivedAt, shownAt, run, extras, ...stored } = row;
    return { ...toInvoiceRow(stored), receivedAt, shownAt, run, extras: JSON.parse(extras) as InvoiceExtras };
  }

  companies(env: number, generation: number, words: string, limit: number): string[] {
    const wanted = wordsOf(words);
    return this.#sql
      .rows<{ company: string }>(
        'SELECT DISTINCT company FROM invoice WHERE env = ? AND generation IN (0, ?) ORDER BY company COLLATE NOCASE',
        env,
        generation,
      )
      .map(({ company }) => company)
      .filter((company) => {
        const has = wordsOf(company);
        return wanted.every((word) => has.some((one) => one.startsWith(word)));
      })
      .slice(0, limit);
  }

  byNumber(env: number, numbers: readonly string[]): (InvoiceRow & { hidden: boolean })[] {
    return numbers.flatMap((number) => {
      const row = this.#sql.row<StoredInvoice & { hidden: number }>(
        `SELECT ${INVOICE_COLUMNS}, generation NOT IN (0, coalesce((SELECT generation FROM invoice_state WHERE env = ?), 1))
            AS hidden FROM invoice WHERE env = ? AND number = ?
          UNION ALL SELECT ${INVOICE_COLUMNS}, 1 AS hidden FROM invoice_waiting WHERE env = ? AND number = ?`,
        env,
        env,
        number,
        env,
        number,
      );
      return row === undefined ? [] : [{ ...toInvoiceRow(row), hidden: row.hidden === 1 }];
    });
  }
}
