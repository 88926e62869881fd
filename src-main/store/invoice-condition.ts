import { INVOICE_STATES } from '../../src-contract/invoice.ts';
import type { InvoiceQuery } from '../../src-contract/invoice-store.ts';
import { matchOf, searchedWords } from './invoice-words.ts';
import type { Value } from './statements.ts';

/** A condition in SQL on the columns of `invoice`, and its values. */
export interface Condition {
  sql: string;
  values: Value[];
}

/** What a query keeps, above the id `after`. Throws a RangeError, with words for a user, for a filter that has no answer. */
export function conditionOf(env: number, query: Omit<InvoiceQuery, 'sort'>, after: number): Condition {
  const { generation, filter, asOf } = query;
  const parts = ['env = ?', 'generation IN (0, ?)', 'id <= ?', 'id > ?'];
  const values: Value[] = [env, generation, asOf, after];
  const add = (sql: string, value: Value | undefined): void => {
    if (value === undefined) return;
    parts.push(sql);
    values.push(value);
  };
  add('company = ?', filter.company);
  add('issued_at >= ?', filter.from === undefined ? undefined : Date.parse(filter.from));
  add('issued_at < ?', filter.to === undefined ? undefined : Date.parse(filter.to));
  add('gross_sort >= ?', filter.min === undefined ? undefined : Number(filter.min));
  add('gross_sort <= ?', filter.max === undefined ? undefined : Number(filter.max));
  add('currency = ?', filter.currency);
  add('state = ?', filter.state === undefined ? undefined : INVOICE_STATES.indexOf(filter.state));
  const words = filter.q === undefined ? null : searchedWords(filter.q);
  add(
    'id IN (SELECT rowid FROM invoice_text WHERE invoice_text MATCH ?)',
    words === null ? undefined : matchOf(words),
  );
  return { sql: parts.join(' AND '), values };
}
