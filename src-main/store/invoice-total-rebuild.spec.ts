import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseFile } from './prepare-database.ts';
import { invoiceColumns, makeInvoiceCheckpoint, makeRun } from './testing/invoices.ts';
import { makeFolder, openFixture, type StoreFixture } from './testing/store-fixture.ts';

/** Invoices of the backlog and of NATS in two environments; one amount alone is beyond what doubles add exactly. */
function fill({ writer }: StoreFixture): void {
  writer.saveInvoiceRun('demo', makeRun(1));
  const produced = [
    {
      run: 1,
      generation: 1,
      invoices: invoiceColumns([{ number: 'PD-1' }, { number: 'PD-2' }], 'simulator'),
    },
  ];
  writer.invoiceCheckpoint(makeInvoiceCheckpoint('demo', 1, { produced, show: { run: 1, count: 1 } }));
  const arrived = [
    invoiceColumns([
      { number: 'A-1', net: 900_000_000_001 },
      { number: 'A-2', currency: 'JPY', net: -7, vat: -1 },
      { number: 'A-3' },
    ]),
  ];
  writer.invoiceCheckpoint(makeInvoiceCheckpoint('dev', 1, { arrived }));
}

function statesAfter(damage: string): unknown[] {
  const { folder, remove } = makeFolder();
  onTestFinished(remove);
  const store = openFixture(folder);
  fill(store);
  const states = ({ reader }: StoreFixture) => [reader.invoiceState('demo'), reader.invoiceState('dev')];
  const before = states(store);
  store.close();
  const database = new Database(databaseFile(folder));
  database.exec(damage);
  database.close();
  const again = openFixture(folder);
  onTestFinished(() => again.close());
  return [before, states(again)];
}

describe('the running totals of invoices', () => {
  it.each([
    ['all are missing', 'DELETE FROM invoice_total'],
    ['those of one environment are missing', 'DELETE FROM invoice_total WHERE generation = 0'],
    ['they are older than the rows', "UPDATE invoice_total SET newest = 1, gross = '5', count = 1"],
  ])('are added up again at the start when %s', (_case, damage) => {
    const [before, after] = statesAfter(damage);
    expect(after).toEqual(before);
  });

  it('are left alone when they are there: adding up takes a second for each million rows', () => {
    const [, after] = statesAfter("UPDATE invoice_total SET gross = '5'");
    expect(after).toMatchObject([{ totals: [{ gross: '5' }] }, { totals: [{ gross: '5' }, { gross: '5' }] }]);
  });
});
