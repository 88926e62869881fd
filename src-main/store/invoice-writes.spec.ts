import { describe, expect, it } from 'vitest';
import { invoiceColumns, makeInvoiceCheckpoint, makeRun } from './testing/invoices.ts';
import { testStore } from './testing/test-store.ts';

const everything = { env: 'demo', generation: 1, filter: {}, sort: '-time', asOf: 1e9 };

describe('the store of invoices', () => {
  it('shows arrivals at once, and ignores one whose number is taken', () => {
    const { writer, reader } = testStore();
    const arrived = [
      invoiceColumns([{ number: 'A-1' }, { number: 'A-2', currency: 'JPY' }, { number: 'A-1' }]),
    ];
    expect(writer.invoiceCheckpoint(makeInvoiceCheckpoint('demo', 3, { arrived }))).toEqual({
      newest: 2,
      shown: 0,
      ignored: 1,
      added: [
        { currency: 'JPY', count: 1, net: '10000', vat: '1500', gross: '11500' },
        { currency: 'USD', count: 1, net: '10000', vat: '1500', gross: '11500' },
      ],
    });
    expect(reader.invoiceState('demo')).toMatchObject({ batch: 3, newest: 2, ignored: 1 });
    expect(reader.invoiceRows(everything, 0, 10).map((row) => row.number)).toEqual(['A-2', 'A-1']);
  });

  it('shows a backlog from its head, fewer than asked for when it holds fewer', () => {
    const { writer, reader } = testStore();
    writer.saveInvoiceRun('demo', makeRun(1));
    const rows = ['PD-1', 'PD-2', 'PD-3'].map((number) => ({ number, words: `item ${number}` }));
    const produced = [{ run: 1, generation: 1, invoices: invoiceColumns(rows, 'simulator') }];
    const first = makeInvoiceCheckpoint('demo', 1, { produced, show: { run: 1, count: 2 } });
    expect(writer.invoiceCheckpoint(first)).toMatchObject({ newest: 2, shown: 2 });
    expect(reader.invoiceState('demo').run).toMatchObject({ produced: 3, shown: 2 });
    expect(reader.invoiceRows(everything, 0, 10).map((row) => row.number)).toEqual(['PD-2', 'PD-1']);
    const second = makeInvoiceCheckpoint('demo', 1, { show: { run: 1, count: 2 } });
    expect(writer.invoiceCheckpoint(second)).toMatchObject({ newest: 3, shown: 1 });
    expect(reader.invoiceRows({ ...everything, filter: { q: 'item 3' } }, 0, 10)).toHaveLength(1);
    expect(reader.invoiceDetail('demo', 1, 3)).toMatchObject({ run: 1, number: 'PD-3', shownAt: 2_000_000 });
  });
});
