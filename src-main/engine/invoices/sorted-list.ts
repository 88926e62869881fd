import type { InvoiceQuery, InvoiceRow } from '../../../src-contract/invoice-store.ts';
import type { Page } from '../../../src-contract/paging.ts';
import { ContractError } from '../../../src-contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Remote, ReaderPort } from '../../store/port.ts';
import { isIndexed } from './invoice-query.ts';
import type { InvoiceOrders } from './invoice-orders.ts';
import { unlessRefused } from './store-refusals.ts';

/** A list that has to be sorted first is waited for this long, in milliseconds. */
const SORT_WITHIN_MS = 20_000;
const CURSOR = /^s(\d{1,15})-(\d{1,15})$/;

/** What lists are read with. */
export interface SortedListParts {
  reader: Pick<Remote<ReaderPort>, 'invoicePage'>;
  orders: InvoiceOrders;
  clock: Pick<Clock, 'monotonic'>;
}

/**
 * A page of invoices in any order. Where no index serves it the set is sorted first, as it was at the first page, and the
 * cursor says where to go on; while the pages follow one another it is sorted only once.
 */
export function sortedPage(
  parts: SortedListParts,
  query: InvoiceQuery,
  limit: number,
  cursor: string | null,
): Promise<Page<InvoiceRow>> {
  if (isIndexed(query.sort)) return unlessRefused(parts.reader.invoicePage(query, limit, cursor), '/q');
  return orderedPage(parts, query, limit, cursor);
}

async function orderedPage(
  { orders, clock }: SortedListParts,
  query: InvoiceQuery,
  limit: number,
  cursor: string | null,
): Promise<Page<InvoiceRow>> {
  const { asOf, offset } = cursor === null ? { asOf: query.asOf, offset: 0 } : placeOf(cursor);
  const until = clock.monotonic() + SORT_WITHIN_MS;
  let step = await orders.step({ ...query, asOf });
  while (!step.ready) {
    if (clock.monotonic() >= until) {
      throw new ContractError('timeout', 'sorting takes too long: sort by one column, or filter first');
    }
    step = await orders.step({ ...query, asOf });
  }
  const items = await orders.rows(step.order, offset, limit);
  const end = offset + items.length;
  return { items, next_cursor: end < step.count && items.length > 0 ? `s${asOf}-${end}` : null };
}

function placeOf(cursor: string): { asOf: number; offset: number } {
  const [, asOf, offset] = CURSOR.exec(cursor) ?? [];
  if (asOf === undefined || offset === undefined) {
    throw new ContractError(
      'invalid_argument',
      `${JSON.stringify(cursor.slice(0, 40))} is no cursor of this list: a cursor is the next_cursor of the page before`,
      { field: '/cursor' },
    );
  }
  return { asOf: Number(asOf), offset: Number(offset) };
}
