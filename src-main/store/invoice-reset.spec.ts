import { describe, expect, it } from 'vitest';
import { invoiceColumns, makeInvoiceCheckpoint, makeRun } from './testing/invoices.ts';
import { makeFolder, openFixture } from './testing/store-fixture.ts';
import { testStore } from './testing/test-store.ts';
import type { Writer } from './writer.ts';

const rowsNamed = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ number: `${prefix}${index}` }));

/** A run that produced so many and showed some of them. */
function play(writer: Writer, run: number, generation: number, produced: number, shown: number): void {
  writer.saveInvoiceRun('demo', makeRun(run, { generation }));
  const invoices = invoiceColumns(rowsNamed(`PD-${run}-`, produced), 'simulator');
  const checkpoint = { produced: [{ run, generation, invoices }], show: { run, count: shown } };
  writer.invoiceCheckpoint(makeInvoiceCheckpoint('demo', run, checkpoint));
}

describe('a reset of invoices', () => {
  it('takes rows and backlog out of view until it is taken back', () => {
    const { writer, reader } = testStore();
    play(writer, 1, 1, 5, 3);
    const before = reader.invoiceState('demo');
    const reset = { from: 1, to: 2, at: 100 };
    writer.resetInvoices('demo', reset);
    expect(reader.invoiceState('demo')).toMatchObject({
      run: null,
      lastRun: 1,
      reset,
      resetRows: 5,
      totals: [],
    });
    expect(reader.invoiceDetail('demo', 2, 1)).toBeNull();
    expect(reader.invoicesByNumber('demo', ['PD-1-0', 'PD-1-4', 'new'])).toMatchObject([
      { number: 'PD-1-0', id: 1, hidden: true },
      { number: 'PD-1-4', id: 0, hidden: true },
    ]);
    writer.undoInvoiceReset('demo');
    expect(reader.invoiceState('demo')).toEqual(before);
  });

  it('is refused from a generation that is not in view, and to an earlier one', () => {
    const { writer } = testStore();
    expect(() => writer.resetInvoices('demo', { from: 2, to: 3, at: 1 })).toThrow(/2 is not in view, 1 is/);
    expect(() => writer.resetInvoices('demo', { from: 1, to: 1, at: 1 })).toThrow(/generations rise/);
  });

  it('is for good when another run has begun, and once its rows begin to go', () => {
    const { writer } = testStore();
    play(writer, 1, 1, 5, 3);
    writer.resetInvoices('demo', { from: 1, to: 2, at: 100 });
    writer.saveInvoiceRun('demo', makeRun(2, { generation: 2 }));
    expect(() => writer.undoInvoiceReset('demo')).toThrow(/another run has begun/);
    writer.resetInvoices('demo', { from: 2, to: 3, at: 200 });
    expect(writer.purgeInvoices('demo', 300, 1)).toBe(1);
    writer.undoInvoiceReset('demo');
    expect(() => writer.undoInvoiceReset('demo')).toThrow(/no reset that can be taken back/);
  });
});

describe('the purge of invoices', () => {
  it('deletes everything of the reset generation and nothing else, in slices', () => {
    const { writer, reader } = testStore();
    play(writer, 1, 1, 50, 30);
    const arrived = [invoiceColumns(rowsNamed('A-', 5))];
    writer.invoiceCheckpoint(makeInvoiceCheckpoint('demo', 2, { arrived }));
    writer.resetInvoices('demo', { from: 1, to: 2, at: 100 });
    play(writer, 2, 2, 4, 4);
    expect(writer.purgeInvoices('demo', 100, 10)).toBe(0);
    const slices: number[] = [];
    for (let gone = 1; gone > 0; slices.push(gone)) gone = writer.purgeInvoices('demo', 101, 10);
    expect(Math.max(...slices)).toBeLessThanOrEqual(10);
    expect(reader.invoiceState('demo')).toMatchObject({ lastRun: 2, reset: null, resetRows: 0, newest: 39 });
    const everything = { env: 'demo', generation: 2, filter: {}, sort: 'number', asOf: 1e9 };
    expect(reader.invoiceRows(everything, 0, 100)).toHaveLength(9);
    expect(reader.invoicesByNumber('demo', ['PD-1-0', 'PD-1-45'])).toEqual([]);
    const counts = reader.invoiceTotals({ ...everything, filter: { q: 'paper' } }, 0).sums;
    expect(counts).toMatchObject([{ count: 9 }]);
  });

  it('ends a slice after 20 ms', () => {
    const { folder, remove } = makeFolder();
    let time = 0;
    const store = openFixture(folder, { monotonic: () => (time += 15) });
    play(store.writer, 1, 1, 2_000, 2_000);
    store.writer.resetInvoices('demo', { from: 1, to: 2, at: 100 });
    expect(store.writer.purgeInvoices('demo', 101, 10_000)).toBeLessThan(500);
    store.close();
    remove();
  });

  it('never gives an id again', () => {
    const { writer } = testStore();
    play(writer, 1, 1, 3, 3);
    writer.resetInvoices('demo', { from: 1, to: 2, at: 100 });
    while (writer.purgeInvoices('demo', 101, 10) > 0);
    const arrived = [invoiceColumns(rowsNamed('A-', 1))];
    expect(writer.invoiceCheckpoint(makeInvoiceCheckpoint('demo', 2, { arrived })).newest).toBe(4);
  });
});

describe('what a run produced', () => {
  const produced = (generation: number) => [
    { run: 7, generation, invoices: invoiceColumns(rowsNamed('PD-', 2), 'simulator') },
  ];

  it('is kept when the record of the run is missing', () => {
    const { writer, reader } = testStore();
    writer.invoiceCheckpoint(makeInvoiceCheckpoint('demo', 1, { produced: produced(1) }));
    expect(reader.invoiceState('demo').run).toMatchObject({
      run: 7,
      state: 'finished',
      produced: 2,
      shown: 0,
    });
  });

  it('is ignored when its generation was purged', () => {
    const { writer, reader } = testStore();
    writer.resetInvoices('demo', { from: 1, to: 2, at: 100 });
    while (writer.purgeInvoices('demo', 101, 10) > 0);
    expect(
      writer.invoiceCheckpoint(makeInvoiceCheckpoint('demo', 1, { produced: produced(1) })).ignored,
    ).toBe(2);
    expect(reader.invoiceState('demo').run).toBeNull();
  });
});
