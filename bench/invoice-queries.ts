import type { InvoiceQuery } from '../src-contract/invoice-store.ts';
import { INDEXED_SORTS, type InvoiceFilter } from '../src-contract/invoice.ts';
import { toTimestamp } from '../src-contract/timestamp.ts';
import { INVOICE_COMPANIES, INVOICES_FROM } from './invoice-set.ts';

const DAY_MS = 86_400_000;
const ALL = { env: 'dev', generation: 1, asOf: Number.MAX_SAFE_INTEGER };

/** A page of the grid: a sort and a place in it. */
export interface InvoicePlace {
  query: InvoiceQuery;
  offset: number;
}

/** A filter as the grid asks for it, and the same as the condition that a bare query has. */
export interface BenchFilter {
  query: InvoiceQuery;
  where: string;
  /** What the text index is asked, where the filter has a text. */
  match: string | null;
}

/** Places all over a million rows in every sort that an index serves, both ways. */
export const INVOICE_PLACES: readonly InvoicePlace[] = INDEXED_SORTS.flatMap((column) =>
  ['', '-'].flatMap((direction) =>
    [0, 999, 123_456, 499_950, 750_000, 999_900].map((offset) => ({
      query: { ...ALL, sort: `${direction}${column}`, filter: {} },
      offset,
    })),
  ),
);

const often = INVOICE_COMPANIES[0] ?? '';
const seldom = INVOICE_COMPANIES[700] ?? '';
const spring = { from: INVOICES_FROM + 60 * DAY_MS, to: INVOICES_FROM + 90 * DAY_MS };

/** Filters by every field, wide and narrow, alone and together. */
export const FILTERS: readonly BenchFilter[] = [
  filter({}, '1'),
  filter({ company: often }, `company = '${often}'`),
  filter({ company: seldom }, `company = '${seldom}'`),
  filter(
    { from: toTimestamp(spring.from), to: toTimestamp(spring.to) },
    `issued_at >= ${spring.from} AND issued_at < ${spring.to}`,
  ),
  filter({ min: '5000' }, 'gross_sort >= 5000'),
  filter({ min: '100', max: '120.50' }, 'gross_sort >= 100 AND gross_sort <= 120.5'),
  filter({ currency: 'EUR' }, "currency = 'EUR'"),
  filter({ state: 'overdue' }, 'state = 2'),
  filter(
    { currency: 'JPY', state: 'open', min: '100000' },
    "currency = 'JPY' AND state = 0 AND gross_sort >= 100000",
  ),
  filter({ q: '4711' }, '1', '"4711"*'),
  filter({ q: 'harbour steel' }, '1', '"harbour"* AND "steel"*'),
  filter({ q: 'batch' }, '1', '"batch"*'),
  filter({ q: 's', currency: 'GBP' }, "currency = 'GBP'", '"s"*'),
];

function filter(given: InvoiceFilter, where: string, match: string | null = null): BenchFilter {
  return { query: { ...ALL, sort: '-time', filter: given }, where, match };
}
