import type { InvoiceQuery, InvoiceRow } from '../../src-contract/invoice-store.ts';
import { plainQuery, type PlainQuery } from './invoice-filter.ts';
import { MOST_MIRRORED, type InvoiceMirrors } from './invoice-mirrors.ts';
import { invoicesById } from './invoice-row.ts';
import { orderColumn } from './invoice-order-columns.ts';
import { sortKeys, type SortKey } from './invoice-sort.ts';
import { MergeSort } from './merge-sort.ts';
import type { Statements } from './statements.ts';

/** At most this many orders are kept, and rows in each: 8 bytes a row. */
const MOST_ORDERS = 4;
const MOST_ROWS = 2_000_000;

/** A step is over after about this time. */
const STEP_MS = 50;

type Order =
  | { stage: 'begun'; query: PlainQuery; keys: SortKey[] }
  | { stage: 'sorting'; sort: MergeSort; ids: Float64Array }
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
        : { stage: 'begun', query: plainQuery(env, asked), keys: sortKeys(asked.sort) },
    );
    return name;
  }

  /** Works on an order. Throws a RangeError for one that is not kept, or has too many rows; that is dropped. */
  step(name: string): { ready: boolean; progress: number; rows: number } {
    let order = this.#of(name);
    if (order.stage === 'begun') {
      this.#orders.delete(name);
      order = this.#collect(order);
      this.#orders.set(name, order);
    }
    if (order.stage === 'sorting') {
      const { sort, ids } = order;
      const until = this.#monotonic() + STEP_MS;
      while (!sort.done && this.#monotonic() < until) sort.step();
      if (!sort.done) return { ready: false, progress: sort.progress, rows: sort.items.length };
      order = { stage: 'ready', ids: idsOf(sort.items, ids) };
      this.#orders.set(name, order);
    }
    return { ready: true, progress: 1, rows: order.stage === 'ready' ? order.ids.length : 0 };
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

  #collect({ query, keys }: Extract<Order, { stage: 'begun' }>): Order {
    const mirrored = this.#mirrors.of(query.env);
    if (mirrored === null) {
      throw new RangeError(`more than ${MOST_MIRRORED} invoices can be sorted by one indexed column only`);
    }
    const { mirror } = mirrored;
    const { marks } = this.#mirrors.setOf(mirrored, query);
    const end = mirror.firstAfter(query.asOf);
    const rows = new Uint32Array(end);
    let count = 0;
    for (let row = 0; row < end; row += 1) if (marks[row] === 1) rows[count++] = row;
    if (count > MOST_ROWS) {
      throw new RangeError(`at most ${MOST_ROWS} invoices can be sorted so, not ${count}: filter them first`);
    }
    const columns = keys.map(({ column, descending }) => ({
      values: orderColumn(this.#sql, mirrored, column, end),
      way: descending ? -1 : 1,
    }));
    const tie = keys[0]?.descending === true ? -1 : 1;
    const compare = (one: number, other: number): number => {
      for (const { values, way } of columns) {
        const a = values[one] ?? 0;
        const b = values[other] ?? 0;
        if (a !== b) return a < b ? -way : way;
      }
      return (one - other) * tie;
    };
    // The mirror may be made again while this sorts; what it has is never changed.
    return { stage: 'sorting', sort: new MergeSort(rows.slice(0, count), compare), ids: mirror.ids };
  }

  #of(name: string): Order {
    const order = this.#orders.get(name);
    if (order === undefined) throw new RangeError(`the order "${name}" is not kept: begin another`);
    return order;
  }
}

function idsOf(rows: Uint32Array, ids: Float64Array): Float64Array {
  const found = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place += 1) found[place] = ids[rows[place] ?? 0] ?? 0;
  return found;
}
