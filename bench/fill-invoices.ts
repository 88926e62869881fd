import { systemClock } from '../src-main/lib/clock.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { openStore } from '../src-main/store/open-store.ts';
import { invoiceColumns, INVOICES_FROM } from './invoice-set.ts';

const PART = 5_000;

/** How a set of invoices was filled in. */
export interface InvoiceFilling {
  rows: number;
  seconds: number;
  databaseBytes: number;
}

/** Fills the database of a folder with invoices of the environment `dev` by the writer's own call. */
export async function fillInvoices(folder: string, rows: number): Promise<InvoiceFilling> {
  const store = await openStore({ folder, mode: 'inline', log: silentLog, clock: systemClock });
  const begun = performance.now();
  for (let from = 0; from < rows; from += PART) {
    const arrived = [invoiceColumns(from, Math.min(rows, from + PART))];
    await store.writer.invoiceCheckpoint({
      ...{ env: 'dev', batch: 0, arrived, produced: [], invalid: 0, show: null, at: INVOICES_FROM },
    });
  }
  const seconds = (performance.now() - begun) / 1000;
  await store.writer.settle();
  const { bytes } = await store.screens.figures();
  await store.stop();
  return { rows, seconds, databaseBytes: bytes };
}
