import { INVOICE_STATES } from '../../src-contract/invoice.ts';
import type { InvoiceQuery } from '../../src-contract/invoice-store.ts';
import { searchedWords } from './invoice-words.ts';

/** A filter as the store compares it: what is not asked for is null. */
export interface PlainFilter {
  /** Each begins a word. */
  words: string[] | null;
  company: string | null;
  currency: string | null;
  /** Its place among the states. */
  state: number | null;
  /** Times of issue, UTC milliseconds; `to` is not included. */
  from: number | null;
  to: number | null;
  /** Gross in major units. A decimal's nearest double: amounts that differ have different ones, up to the largest. */
  min: number | null;
  max: number | null;
}

/** A query whose filter was read. */
export interface PlainQuery {
  env: number;
  generation: number;
  filter: PlainFilter;
  asOf: number;
}

/** Reads the filter of a query. Throws a RangeError, with words for a user, for a text that cannot be searched for. */
export function plainQuery(
  env: number,
  { generation, filter, asOf }: Omit<InvoiceQuery, 'sort'>,
): PlainQuery {
  const { q, company, currency, state, from, to, min, max } = filter;
  const plain: PlainFilter = {
    words: q === undefined ? null : searchedWords(q),
    // As SQLite has it: half a character is stored as U+FFFD.
    company: company?.toWellFormed() ?? null,
    currency: currency ?? null,
    state: state === undefined ? null : INVOICE_STATES.indexOf(state),
    from: from === undefined ? null : Date.parse(from),
    to: to === undefined ? null : Date.parse(to),
    min: min === undefined ? null : Number(min),
    max: max === undefined ? null : Number(max),
  };
  return { env, generation, filter: plain, asOf };
}

/** Whether a filter keeps everything. */
export function keepsAll(filter: PlainFilter): boolean {
  return Object.values(filter).every((part) => part === null);
}
