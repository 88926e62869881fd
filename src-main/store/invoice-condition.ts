import type { PlainQuery } from './invoice-filter.ts';
import { matchOf } from './invoice-words.ts';
import type { Value } from './statements.ts';

/** A condition in SQL on the columns of `invoice`, and its values. */
export interface Condition {
  sql: string;
  values: Value[];
}

/** What is in view of a query's environment, whatever its filter is; without hidden rows it need not look at generations. */
export function inViewOf({ env, generation, asOf }: PlainQuery, anyHidden = true): Condition {
  return anyHidden
    ? { sql: 'id <= ? AND env = ? AND generation IN (0, ?)', values: [asOf, env, generation] }
    : { sql: 'id <= ? AND env = ?', values: [asOf, env] };
}

/** What a query keeps. */
export function conditionOf(query: PlainQuery, anyHidden = true): Condition {
  const inView = inViewOf(query, anyHidden);
  const parts = [inView.sql];
  const values = [...inView.values];
  const add = (sql: string, value: Value): void => {
    if (value === null) return;
    parts.push(sql);
    values.push(value);
  };
  const { words, company, currency, state, from, to, min, max } = query.filter;
  add('company = ?', company);
  add('currency = ?', currency);
  add('state = ?', state);
  add('issued_at >= ?', from);
  add('issued_at < ?', to);
  add('gross_sort >= ?', min);
  add('gross_sort <= ?', max);
  add(
    'id IN (SELECT rowid FROM invoice_text WHERE invoice_text MATCH ?)',
    words === null ? null : matchOf(words),
  );
  return { sql: parts.join(' AND '), values };
}
