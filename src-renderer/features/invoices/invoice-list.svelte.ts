import { untrack } from 'svelte';
import type { CallArgs } from '../../../src-contract/channels.ts';
import type { ContractClient } from '../../../src-contract/client.ts';
import {
  INDEXED_SORTS,
  type Invoice,
  type InvoiceFilter,
  type InvoiceTotal,
} from '../../../src-contract/invoice.ts';
import { ContractError } from '../../../src-contract/result.ts';
import type { FeedStore } from '../../state/feed-store.svelte.ts';
import type { SortKey } from '../../ui/grid/sort.ts';
import type { RowSource } from '../../ui/paged-grid/row-source.ts';
import { CountedSet, countedOf, type Counted, type CountedScope } from './counted-set.svelte.ts';
import { keepsAll } from './filter-fields.ts';
import { sortText } from './list-address.ts';
import { SortedOrder, type OrderQuery } from './sorted-order.svelte.ts';

/** What is to be listed. */
export interface ListWish {
  filter: InvoiceFilter;
  sort: readonly SortKey[];
}

/** A set that is listed, as it stood at one moment. */
interface Listed extends CountedScope {
  /** Rows up to this id are in the list. */
  asOf: number;
  /** How many they are; null until they were counted. */
  count: number | null;
  /** Rows with a higher id are new to who looks. */
  seen: number;
}

/** Whether the engine can give rows in this order from any place at once. */
export function isIndexed(sort: readonly SortKey[]): boolean {
  return sort.length === 1 && INDEXED_SORTS.some((column) => column === sort[0]?.column);
}

/**
 * The list of invoices: rows of one moment, with totals that go on. What comes later is counted, and comes into the list
 * when it is taken; another filter, environment or generation is another list.
 */
export class InvoiceList {
  readonly #client: Pick<ContractClient, 'call'>;
  readonly #stats: Pick<FeedStore<'invoiceStats'>, 'head'>;
  readonly #wish: () => ListWish;
  readonly order: SortedOrder;
  #listed = $state.raw<Listed | null>(null);
  #filtered = $state.raw<CountedSet | null>(null);

  /** @param wish what is to be listed, read reactively. */
  constructor(
    client: Pick<ContractClient, 'call'>,
    stats: Pick<FeedStore<'invoiceStats'>, 'head'>,
    wish: () => ListWish,
  ) {
    this.#client = client;
    this.#stats = stats;
    this.#wish = wish;
    this.order = new SortedOrder(client);
  }

  /** Follows the statistics and the wish; call it in an effect. */
  follow(): void {
    const head = this.#stats.head;
    const { filter } = this.#wish();
    if (head === null) return;
    const { env, generation } = head;
    const key = JSON.stringify([env, generation, filter]);
    untrack(() => {
      if (this.#listed?.key !== key) this.#begin({ key, env, generation, filter });
      this.#filtered?.follow();
    });
  }

  /** Sees to the order of the rows; call it in an effect. */
  followOrder(): void {
    const query = this.#orderQuery;
    untrack(() => this.order.want(query));
  }

  /** Takes the count of a list that has just been counted; call it in an effect. */
  followCount(): void {
    const live = this.live;
    const listed = this.#listed;
    if (listed?.count === null && live !== null) {
      this.#listed = { ...listed, asOf: live.newest, count: live.count };
    }
  }

  /** Sums of all that the filter keeps now, those that are not in the list yet included; null until they are known. */
  get live(): Counted | null {
    const head = this.#stats.head;
    if (this.#filtered !== null) return this.#filtered.counted;
    return head === null ? null : countedOf(head);
  }

  /** {@link live} by currency; empty until they are known. */
  get totals(): readonly InvoiceTotal[] {
    return this.live?.totals ?? [];
  }

  /** Names what {@link totals} are of: environment, generation and filter. */
  get view(): string {
    return this.#listed?.key ?? '';
  }

  /** How many invoices came after the list's moment. */
  get newCount(): number {
    const count = this.#listed?.count;
    const live = this.live;
    return count === undefined || count === null || live === null ? 0 : Math.max(0, live.count - count);
  }

  /** Why the totals are not there or behind, or null. */
  get failure(): string | null {
    return this.#filtered?.failure ?? null;
  }

  /** Why the engine refuses to search like that, or null. */
  get refusal(): string | null {
    return this.#filtered?.refusal ?? null;
  }

  /** Counts once more after a failure. */
  retry(): void {
    this.#filtered?.follow();
  }

  /** Takes what came later into the list. */
  takeNew(): void {
    const live = this.live;
    const listed = this.#listed;
    if (live === null || listed === null || live.newest <= listed.asOf) return;
    this.#listed = { ...listed, asOf: live.newest, count: live.count, seen: listed.asOf };
  }

  /** Whether a row came into the list by the latest {@link takeNew}. */
  isNew({ id }: Pick<Invoice, 'id'>): boolean {
    return id > (this.#listed?.seen ?? Infinity);
  }

  /** What an export has to contain: all that {@link totals} counts, in the list's order. */
  get exported(): Omit<CallArgs<'invoices.export'>, 'format'> | null {
    const listed = this.#listed;
    if (listed === null) return null;
    const { env, filter, asOf } = listed;
    return { env, filter, sort: sortText(this.#wish().sort), as_of: this.live?.newest ?? asOf };
  }

  /** The rows for the grid; null while there is no list, or its order is being made. */
  get source(): RowSource<Invoice> | null {
    const listed = this.#listed;
    const { sort } = this.#wish();
    if (listed === null) return null;
    const query = this.#orderQuery;
    if (query !== null && this.order.nameFor(query) === null) return null;
    return {
      scope: listed.key,
      sort,
      version: listed.asOf,
      count: listed.count,
      fetch: (offset, limit) => this.#rows(listed, sort, offset, limit),
    };
  }

  stop(): void {
    this.#filtered?.stop();
    this.order.stop();
  }

  #begin(scope: CountedScope): void {
    this.#filtered?.stop();
    const newest = this.#newest();
    const isAll = keepsAll(scope.filter);
    this.#filtered = isAll ? null : new CountedSet(this.#client, scope, () => this.#newest());
    const count = isAll ? (this.#stats.head?.count ?? 0) : null;
    this.#listed = { ...scope, asOf: newest, count, seen: newest };
  }

  #newest(): number {
    return this.#stats.head?.newest ?? 0;
  }

  /** What has to be put in order before rows can be asked for; null when an index does it. */
  get #orderQuery(): OrderQuery | null {
    const listed = this.#listed;
    const { sort } = this.#wish();
    if (listed === null || isIndexed(sort)) return null;
    return { env: listed.env, filter: listed.filter, sort: sortText(sort), as_of: listed.asOf };
  }

  async #rows(
    { env, filter, asOf }: Listed,
    sort: readonly SortKey[],
    offset: number,
    limit: number,
  ): Promise<readonly Invoice[]> {
    const query = { env, filter, sort: sortText(sort), as_of: asOf };
    const ask = async (order: string | null) =>
      this.#client.call('invoices.rows', { ...query, offset, limit, ...(order === null ? {} : { order }) });
    if (isIndexed(sort)) return (await ask(null)).items;
    try {
      return (await ask(this.order.nameFor(query))).items;
    } catch (error) {
      if (!(error instanceof ContractError) || error.code !== 'not_found') throw error;
      // Nobody looked for long enough that the engine let go of the order.
      return (await ask(await this.order.again(query))).items;
    }
  }
}
