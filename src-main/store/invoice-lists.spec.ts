import { describe, expect, it } from 'vitest';
import { INDEXED_SORTS, MAX_INVOICE_MINOR } from '../../src-contract/invoice.ts';
import { openForReading } from './database.ts';
import { conditionOf } from './invoice-condition.ts';
import { plainQuery } from './invoice-filter.ts';
import { SORT_SQL } from './invoice-sort.ts';
import { databaseFile } from './prepare-database.ts';
import { invoiceColumns, makeInvoiceCheckpoint, makeRun } from './testing/invoices.ts';
import { testStore } from './testing/test-store.ts';

const query = { env: 'demo', generation: 1, filter: {}, sort: '-time', asOf: 1e9 };

function filled(count = 5) {
  const store = testStore();
  const rows = Array.from({ length: count }, (_, index) => ({ number: `A-${index}`, issuedAt: index }));
  const arrived = [invoiceColumns(rows)];
  store.writer.invoiceCheckpoint(makeInvoiceCheckpoint('demo', 1, { arrived }));
  return store;
}

describe('lists of invoices', () => {
  it.each(INDEXED_SORTS.flatMap((column) => ['ASC', 'DESC'].map((way) => [column, way] as const)))(
    'are read by %s %s from an index, with and without hidden rows, and from a place on',
    (column, way) => {
      const { folder } = filled();
      const db = openForReading(databaseFile(folder));
      const order = `ORDER BY ${SORT_SQL[column]} ${way}, id ${way} LIMIT 10`;
      for (const hidden of [true, false]) {
        const { sql, values } = conditionOf(plainQuery(1, query), hidden);
        const behind = `AND (${SORT_SQL[column]}, id) ${way === 'ASC' ? '>' : '<'} ('x', 3)`;
        for (const more of ['', behind]) {
          const plan = db
            .prepare(`EXPLAIN QUERY PLAN SELECT * FROM invoice WHERE ${sql} ${more} ${order}`)
            .all(...values)
            .map((row) => (row as { detail: string }).detail);
          expect(plan).toHaveLength(1);
          expect(plan[0]).toMatch(/^SEARCH invoice USING INDEX/);
        }
      }
      db.close();
    },
  );

  it('refuse sorts that no index serves, and cursors of other sorts or that were made up', () => {
    const { reader } = filled();
    expect(() => reader.invoiceRows({ ...query, sort: 'net' }, 0, 10)).toThrow(RangeError);
    expect(() => reader.invoiceRows({ ...query, sort: 'time,gross' }, 0, 10)).toThrow(/make an order of it/);
    const { next_cursor: cursor } = reader.invoicePage(query, 2, null);
    expect(reader.invoicePage(query, 2, cursor).items.map(({ number }) => number)).toEqual(['A-2', 'A-1']);
    expect(() => reader.invoicePage({ ...query, sort: 'time' }, 2, cursor)).toThrow(/no cursor of/);
    expect(() => reader.invoicePage(query, 2, 'x')).toThrow(/no cursor of/);
  });

  it('end with a CursorError when the row that a page ended with is purged', () => {
    const { writer, reader } = testStore();
    writer.saveInvoiceRun('demo', makeRun(1));
    const invoices = invoiceColumns(
      ['P1', 'P2', 'P3'].map((number) => ({ number })),
      'simulator',
    );
    const produced = [{ run: 1, generation: 1, invoices }];
    writer.invoiceCheckpoint(makeInvoiceCheckpoint('demo', 1, { produced, show: { run: 1, count: 3 } }));
    const { next_cursor: cursor } = reader.invoicePage(query, 1, null);
    writer.resetInvoices('demo', { from: 1, to: 2, at: 1 });
    expect(reader.invoicePage({ ...query, generation: 2 }, 1, cursor).items).toEqual([]);
    while (writer.purgeInvoices('demo', 2, 100) > 0);
    expect(() => reader.invoicePage({ ...query, generation: 2 }, 1, cursor)).toThrow(
      /were reset: begin again/,
    );
  });
});

describe('totals of invoices', () => {
  it('are exact above 2^53, filtered or not', () => {
    const { writer, reader } = testStore();
    const rows = Array.from({ length: 10_001 }, (_, index) => ({
      number: `A-${index}`,
      net: MAX_INVOICE_MINOR - 1,
      vat: 0,
    }));
    writer.invoiceCheckpoint(makeInvoiceCheckpoint('demo', 1, { arrived: [invoiceColumns(rows)] }));
    const net = String(10_001n * BigInt(MAX_INVOICE_MINOR - 1));
    const sums = [{ currency: 'USD', count: 10_001, net, vat: '0', gross: net }];
    expect(reader.invoiceTotals(query, 0)).toEqual({ sums, newest: 10_001 });
    expect(reader.invoiceTotals({ ...query, filter: { state: 'open' } }, 0)).toEqual({
      sums,
      newest: 10_001,
    });
    expect(reader.invoiceState('demo').totals).toEqual(sums);
  });
});

describe('orders of invoices', () => {
  it('are four at most, and are told from those that were dropped', () => {
    const { reader } = filled();
    const orders = [1, 2, 3, 4].map(() => reader.beginInvoiceOrder({ ...query, sort: 'net,-number' }));
    expect(() => reader.beginInvoiceOrder(query)).toThrow(/4 orders of invoices are kept already/);
    const [first = ''] = orders;
    expect(reader.stepInvoiceOrder(first)).toEqual({ ready: true, progress: 1, rows: 5 });
    expect(reader.invoiceOrderRows(first, 1, 2).map(({ number }) => number)).toEqual(['A-3', 'A-2']);
    reader.dropInvoiceOrder(first);
    expect(() => reader.invoiceOrderRows(first, 0, 1)).toThrow(/is not kept/);
  });
});
