import type { InvoiceQuery, InvoiceRow } from '../../src-contract/invoice-store.ts';
import { plainQuery } from './invoice-filter.ts';
import type { InvoiceMirrors } from './invoice-mirrors.ts';
import { makeOrder, type Making } from './invoice-order-making.ts';
import { invoicesById } from './invoice-row.ts';
import { sortKeys } from './invoice-sort.ts';
import type { Statements } from './statements.ts';

/** At most this many orders are kept: 8 bytes a row. */
const MOST_ORDERS = 4;

/** A step is over about this long after it began: what it is doing then takes some milliseconds more. */
const STEP_MS = 25;

type Order =
  | { stage: 'making'; making: Generator<Making, Float64Array, void>; made: Making }
  | { stage: 'ready'; ids: Float64Array };

/** Orders of rows by columns that no index keeps: made in steps, kept until dropped. */
export class InvoiceOrders {
  readonly #sql: Statements;
  readonly #mirrors: InvoiceMirrors;
  readonly #monotonic: () => number;
  readonly #orders = new Map<string, Order>();
  #made = 0;

  /** @param monotonic milliseconds that never go back */
  constructor(sql: Statements, mirrors: InvoiceMirrors, monotonic: () => number) {
    this.#sql = sql;
    this.#mirrors = mirrors;
    this.#monotonic = monotonic;
  }

  /** Begins an order; answers its name. Throws a RangeError when too many are kept, or the filter has no answer. */
  begin(env: number | undefined, asked: InvoiceQuery): string {
    if (this.#orders.size >= MOST_ORDERS) {
      throw new RangeError(`${MOST_ORDERS} orders of invoices are kept already: drop one first`);
    }
    this.#made += 1;
    const name = `order-${this.#made}`;
    this.#orders.set(
      name,
      env === undefined
        ? { stage: 'ready', ids: new Float64Array() }
        : {
            stage: 'making',
            making: makeOrder(this.#sql, this.#mirrors, plainQuery(env, asked), sortKeys(asked.sort)),
            made: { progress: 0, rows: 0 },
          },
    );
    return name;
  }

  /** Works on an order. Throws a RangeError for one that is not kept, or has too many rows; that is dropped. */
  step(name: string): { ready: boolean; progress: number; rows: number } {
    const order = this.#of(name);
    const ids = order.stage === 'ready' ? order.ids : this.#make(name, order);
    if (ids !== null) return { ready: true, progress: 1, rows: ids.length };
    return { ready: false, ...(order as Extract<Order, { stage: 'making' }>).made };
  }

  /** Rows from an offset; none while the order is not ready. Throws a RangeError for an order that is not kept. */
  rows(name: string, offset: number, limit: number): InvoiceRow[] {
    const order = this.#of(name);
    if (order.stage !== 'ready') return [];
    return invoicesById(this.#sql, [...order.ids.subarray(offset, offset + limit)]);
  }

  /** Forgets an order, if it is kept. */
  drop(name: string): void {
    this.#orders.delete(name);
  }

  /** Goes on until it is made, or the step is over: then answers null. */
  #make(name: string, order: Extract<Order, { stage: 'making' }>): Float64Array | null {
    const until = this.#monotonic() + STEP_MS;
    // What throws is not kept.
    this.#orders.delete(name);
    do {
      const { done, value } = order.making.next();
      if (done === true) {
        this.#orders.set(name, { stage: 'ready', ids: value });
        return value;
      }
      order.made = value;
    } while (this.#monotonic() < until);
    this.#orders.set(name, order);
    return null;
  }

  #of(name: string): Order {
    const order = this.#orders.get(name);
    if (order === undefined) throw new RangeError(`the order "${name}" is not kept: begin another`);
    return order;
  }
}
