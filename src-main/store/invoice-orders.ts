import type { InvoiceQuery, InvoiceRow } from '../../src-contract/invoice-store.ts';
import { conditionOf } from './invoice-condition.ts';
import { INVOICE_COLUMNS, type StoredInvoice, toInvoiceRow } from './invoice-row.ts';
import { SORT_SQL, sortKeys } from './invoice-sort.ts';
import type { Statements } from './statements.ts';

/** At most this many orders are kept. */
const MOST_ORDERS = 4;

interface Order {
  env: number | undefined;
  query: InvoiceQuery;
  ids: number[] | null;
}

/** Orders of rows by columns that no index serves: made in steps, kept until dropped. */
export class InvoiceOrders {
  readonly #sql: Statements;
  readonly #orders = new Map<string, Order>();
  #made = 0;

  /** @param _monotonic milliseconds that never go back */
  constructor(sql: Statements, _monotonic: () => number) {
    this.#sql = sql;
  }

  begin(env: number | undefined, query: InvoiceQuery): string {
    if (this.#orders.size >= MOST_ORDERS) {
      throw new RangeError(`${MOST_ORDERS} orders are kept already: drop one first`);
    }
    this.#made += 1;
    const name = `order-${this.#made}`;
    this.#orders.set(name, { env, query, ids: null });
    return name;
  }

  step(name: string): { ready: boolean; progress: number; rows: number } {
    const order = this.#of(name);
    order.ids ??= this.#sort(order);
    return { ready: true, progress: 1, rows: order.ids.length };
  }

  rows(name: string, offset: number, limit: number): InvoiceRow[] {
    const { ids } = this.#of(name);
    return (ids ?? []).slice(offset, offset + limit).flatMap((id) => {
      const row = this.#sql.row<StoredInvoice>(`SELECT ${INVOICE_COLUMNS} FROM invoice WHERE id = ?`, id);
      return row === undefined ? [] : [toInvoiceRow(row)];
    });
  }

  drop(name: string): void {
    this.#orders.delete(name);
  }

  #sort({ env, query }: Order): number[] {
    if (env === undefined) return [];
    const keys = sortKeys(query.sort);
    const by = keys.map(({ column, descending }) => `${SORT_SQL[column]} ${descending ? 'DESC' : 'ASC'}`);
    const { sql, values } = conditionOf(env, query, 0);
    return this.#sql
      .rows<{ id: number }>(
        `SELECT id FROM invoice WHERE ${sql} ORDER BY ${by.join(', ')}, id ${keys[0]?.descending === true ? 'DESC' : 'ASC'}`,
        ...values,
      )
      .map(({ id }) => id);
  }

  #of(name: string): Order {
    const order = this.#orders.get(name);
    if (order === undefined) throw new RangeError(`the order "${name}" is not kept: begin another`);
    return order;
  }
}
