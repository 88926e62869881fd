import Database from 'better-sqlite3';
import type { CurrencySums } from '../src-contract/invoice-store.ts';
import type { BenchFilter, InvoicePlace } from './invoice-queries.ts';

/** The grid's questions as one would ask SQLite without the app. */
export interface BareInvoices {
  rows: (place: InvoicePlace, limit: number) => unknown[];
  totals: (filter: BenchFilter) => CurrencySums[];
  close: () => void;
}

const COLUMNS: Record<string, string> = {
  time: 'issued_at',
  number: 'number',
  company: 'company COLLATE NOCASE',
  gross: 'gross_sort',
};

/** Opens a database of invoices: one prepared statement per question, nothing renamed, nothing remembered. */
export function openBareInvoices(file: string): BareInvoices {
  const db = new Database(file, { readonly: true });
  const statements = new Map<string, Database.Statement>();
  const prepared = (sql: string): Database.Statement => {
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    rows: ({ query, offset }, limit) => prepared(pageSql(query.sort)).all(limit, offset),
    totals({ where, match }) {
      const text =
        match === null ? '' : ' AND id IN (SELECT rowid FROM invoice_text WHERE invoice_text MATCH ?)';
      const statement = prepared(
        `SELECT currency, count(*) AS count, CAST(sum(net) AS TEXT) AS net, CAST(sum(vat) AS TEXT) AS vat,
          CAST(sum(gross) AS TEXT) AS gross FROM invoice WHERE ${where}${text} GROUP BY currency ORDER BY currency`,
      );
      return (match === null ? statement.all() : statement.all(match)) as CurrencySums[];
    },
    close: () => db.close(),
  };
}

function pageSql(sort: string): string {
  const descending = sort.startsWith('-');
  const direction = descending ? 'DESC' : 'ASC';
  const column = COLUMNS[descending ? sort.slice(1) : sort] ?? 'issued_at';
  return `SELECT * FROM invoice WHERE env = 1 ORDER BY ${column} ${direction}, id ${direction} LIMIT ? OFFSET ?`;
}
