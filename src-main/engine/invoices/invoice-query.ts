import type { InvoiceFilter } from '../../../src-contract/invoice.ts';
import { INDEXED_SORTS } from '../../../src-contract/invoice.ts';
import { ContractError } from '../../../src-contract/result.ts';

/** Newest first: what is shown when nobody asks for another order. */
export const NEWEST_FIRST = '-time';

const SERVED: ReadonlySet<string> = new Set<string>(INDEXED_SORTS);
const FIELDS = [
  'q',
  'company',
  'from',
  'to',
  'min',
  'max',
  'currency',
  'state',
] as const satisfies (keyof InvoiceFilter)[];

/** Whether an index serves this order, so that its rows can be read from any place at once. */
export function isIndexed(sort: string): boolean {
  return SERVED.has(sort.replace(/^-/, ''));
}

/**
 * The filter among a call's arguments, its times checked. Throws a ContractError that names the field.
 * @param at where the fields stand, such as `/filter`.
 */
export function filterOf(args: InvoiceFilter, at = ''): InvoiceFilter {
  const given = FIELDS.filter((field) => args[field] !== undefined).map((field) => [field, args[field]]);
  const filter = Object.fromEntries(given) as InvoiceFilter;
  for (const field of ['from', 'to'] as const) {
    if (filter[field] === undefined || !Number.isNaN(Date.parse(filter[field]))) continue;
    throw new ContractError('invalid_argument', `${at}/${field} is not a time`, { field: `${at}/${field}` });
  }
  return filter;
}

/** Whether a filter keeps every invoice. */
export function isEverything(filter: InvoiceFilter): boolean {
  return FIELDS.every((field) => filter[field] === undefined);
}
