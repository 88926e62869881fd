import { ContractError } from '../../../src-contract/result.ts';
import type { InvoiceOrder } from '../../../src-contract/invoice.ts';
import type { InvoiceQuery, InvoiceRow } from '../../../src-contract/invoice-store.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { Remote, ReaderPort } from '../../store/port.ts';
import { unlessRefused } from './store-refusals.ts';

/** Orders kept at once; for a further one the order that nobody asked for longest makes room. */
export const MAX_ORDERS = 4;
/** An order that nobody asked for is kept this long, in milliseconds. */
export const KEEP_ORDER_MS = 30_000;
/** An order asked for within this time is in use and makes no room, in milliseconds. */
const IN_USE_MS = 2000;
/** How often is looked for orders that nobody asks for any more, in milliseconds. */
const LOOK_MS = 5000;

/** What orders work with. */
export interface InvoiceOrdersOptions {
  clock: Clock;
  reader: Pick<
    Remote<ReaderPort>,
    'beginInvoiceOrder' | 'stepInvoiceOrder' | 'invoiceOrderRows' | 'dropInvoiceOrder'
  >;
  onFailure: (error: unknown) => void;
}

interface KeptOrder {
  /** The query it answers, as text. */
  name: string;
  id: string;
  askedAt: number;
  ready: boolean;
}

/**
 * Orders of rows that no index serves. The reader of jobs keeps and makes them, a step at each call; here is decided how
 * long one is kept. The same query asked again goes on with its order.
 */
export class InvoiceOrders implements Stoppable {
  readonly #options: InvoiceOrdersOptions;
  readonly #kept = new Map<string, KeptOrder>();
  readonly #cancel: () => void;
  /** Beginnings wait for each other: of two for the same query there must be one order. */
  #beginning: Promise<unknown> = Promise.resolve();

  constructor(options: InvoiceOrdersOptions) {
    this.#options = options;
    this.#cancel = options.clock.every(LOOK_MS, () => this.#dropOld());
  }

  /**
   * Works one step on the order of a query. Rejects with a ContractError: `too_many` while others use all there may be,
   * `invalid_argument` for a set that is too large.
   */
  async step(query: InvoiceQuery): Promise<InvoiceOrder> {
    const order = await this.#of(query);
    order.askedAt = this.#options.clock.monotonic();
    const step = await this.#asking(order, this.#options.reader.stepInvoiceOrder(order.id));
    order.ready = step.ready;
    return { order: order.id, ready: step.ready, progress: step.progress, count: step.rows };
  }

  /** Rows of an order that is ready. Rejects with a ContractError `not_found` when it is not kept any more. */
  async rows(id: string, offset: number, limit: number): Promise<InvoiceRow[]> {
    const order = [...this.#kept.values()].find((kept) => kept.id === id);
    if (order === undefined) {
      throw new ContractError(
        'not_found',
        `there is no order ${JSON.stringify(id)}: one is kept for ${KEEP_ORDER_MS / 1000} s after it was last asked for`,
      );
    }
    order.askedAt = this.#options.clock.monotonic();
    if (!order.ready) throw new ContractError('conflict', 'the order is not ready yet');
    return this.#asking(order, this.#options.reader.invoiceOrderRows(id, offset, limit));
  }

  /** Forgets all of them. */
  async stop(): Promise<void> {
    this.#cancel();
    await this.#beginning;
    await Promise.all([...this.#kept.values()].map((order) => this.#drop(order)));
  }

  #of(query: InvoiceQuery): Promise<KeptOrder> {
    const name = JSON.stringify(query);
    const order = this.#beginning.then(() => this.#kept.get(name) ?? this.#begin(name, query));
    this.#beginning = order.catch(() => undefined);
    return order;
  }

  async #begin(name: string, query: InvoiceQuery): Promise<KeptOrder> {
    await this.#makeRoom();
    const id = await unlessRefused(this.#options.reader.beginInvoiceOrder(query), '/filter');
    const order = { name, id, askedAt: this.#options.clock.monotonic(), ready: false };
    this.#kept.set(name, order);
    return order;
  }

  async #makeRoom(): Promise<void> {
    if (this.#kept.size < MAX_ORDERS) return;
    const [oldest] = [...this.#kept.values()].sort((a, b) => a.askedAt - b.askedAt);
    if (oldest === undefined || this.#idleMs(oldest) < IN_USE_MS) {
      throw new ContractError(
        'too_many',
        `${MAX_ORDERS} other lists are being sorted; try again in a moment`,
      );
    }
    await this.#drop(oldest);
  }

  /** What the reader refuses it does not keep: it is too large, or the reader was started anew. */
  async #asking<T>(order: KeptOrder, asked: Promise<T>): Promise<T> {
    try {
      return await unlessRefused(asked, '/sort');
    } catch (error) {
      await this.#drop(order);
      throw error;
    }
  }

  #dropOld(): void {
    for (const order of this.#kept.values()) {
      if (this.#idleMs(order) >= KEEP_ORDER_MS) void this.#drop(order);
    }
  }

  #idleMs({ askedAt }: KeptOrder): number {
    return this.#options.clock.monotonic() - askedAt;
  }

  async #drop(order: KeptOrder): Promise<void> {
    // By now another may be kept for the same query.
    if (this.#kept.get(order.name) !== order) return;
    this.#kept.delete(order.name);
    await this.#options.reader.dropInvoiceOrder(order.id).catch(this.#options.onFailure);
  }
}
