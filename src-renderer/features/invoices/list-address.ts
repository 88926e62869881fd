import { INVOICE_SORTS, type InvoiceFilter, type InvoiceView } from '../../../src-contract/invoice.ts';
import type { SortKey } from '../../ui/grid/sort.ts';
import { FILTER_FIELDS, type FilterTexts } from './filter-fields.ts';
import { fieldTextOf } from './zoned-day.ts';

/** How the list is looked at; kept in the address, so that reload, back and a link show the same. */
export interface ListAddress {
  texts: FilterTexts;
  sort: readonly SortKey[];
}

/** Sorts have at most as many levels. */
const MAX_LEVELS = 4;
/** Newest first. */
export const USUAL_SORT: readonly SortKey[] = [{ column: 'time', direction: 'descending' }];

/** Reads the query of an address; what it does not understand of a sort is left out. */
export function addressOf(query: string): ListAddress {
  const params = new URLSearchParams(query);
  const texts = FILTER_FIELDS.map((field) => [field, params.get(field) ?? ''] as const);
  return {
    texts: Object.fromEntries(texts.filter(([, text]) => text !== '')),
    sort: sortOf(params.get('sort') ?? ''),
  };
}

/** Writes it as the query of an address; empty for the usual look. */
export function queryOf({ texts, sort }: ListAddress): string {
  const params = new URLSearchParams();
  for (const field of FILTER_FIELDS) {
    const text = texts[field] ?? '';
    if (text !== '') params.set(field, text);
  }
  const order = sortText(sort);
  if (order !== sortText(USUAL_SORT)) params.set('sort', order);
  const query = params.toString();
  return query === '' ? '' : `?${query}`;
}

/** A sort as the channels write it: `company,-gross`. */
export function sortText(sort: readonly SortKey[]): string {
  return sort.map(({ column, direction }) => (direction === 'descending' ? `-${column}` : column)).join(',');
}

/** Reads {@link sortText}; without any level that is known it is the usual one. */
export function sortOf(text: string): readonly SortKey[] {
  const keys = text.split(',').map((part): SortKey => {
    const isDescending = part.startsWith('-');
    return {
      column: isDescending ? part.slice(1) : part,
      direction: isDescending ? 'descending' : 'ascending',
    };
  });
  const known = keys.filter(({ column }) => INVOICE_SORTS.some((sort) => sort === column));
  const once = known.filter(({ column }, place) => known.findIndex((key) => key.column === column) === place);
  return once.length === 0 ? USUAL_SORT : once.slice(0, MAX_LEVELS);
}

/** What stands in the fields for a filter that was saved. */
export function textsOf(filter: InvoiceFilter, zone: string | undefined): FilterTexts {
  const { from, to, ...others } = filter;
  return {
    ...others,
    ...(from === undefined ? {} : { from: fieldTextOf(Date.parse(from), 0, zone) }),
    ...(to === undefined ? {} : { to: fieldTextOf(Date.parse(to), 1, zone) }),
  };
}

/** The look that a saved view stands for. */
export function addressOfView({ filter, sort }: InvoiceView, zone: string | undefined): ListAddress {
  return { texts: textsOf(filter, zone), sort: sortOf(sort) };
}
