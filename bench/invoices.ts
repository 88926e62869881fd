import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InvoiceQuery } from '../src-contract/invoice-store.ts';
import { systemClock } from '../src-main/lib/clock.ts';
import { LatencyHistogram } from '../src-main/lib/latency-histogram.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { openForReading } from '../src-main/store/database.ts';
import { openStore, type Store } from '../src-main/store/open-store.ts';
import { databaseFile } from '../src-main/store/prepare-database.ts';
import { Reader } from '../src-main/store/reader.ts';
import { openBareInvoices, type BareInvoices } from './bare-invoices.ts';
import { fillInvoices, type InvoiceFilling } from './fill-invoices.ts';
import { FILTERS, INVOICE_PLACES } from './invoice-queries.ts';
import type { BenchResult, Ratio } from './report.ts';
import { interleavedMedians, type Medians } from './rounds.ts';

const ROWS = 1_000_000;
const ROUNDS = 5;
const ROWS_LIMIT_MS = 100;
const TOTALS_LIMIT_MS = 300;
const PAGE = 100;

/**
 * The grid's questions beside a million invoices: rows from anywhere, and filters with their totals, through the reader's
 * thread against their limits, and the reader itself against bare SQLite for the same answers.
 */
export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'pulsedesk-bench-'));
  try {
    const filling = await fillInvoices(folder, ROWS);
    return await measure(folder, filling);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(folder: string, filling: InvoiceFilling): Promise<BenchResult> {
  const store = await openStore({ folder, mode: 'threads', log: silentLog, clock: systemClock });
  const reader = new Reader(openForReading(databaseFile(folder)), systemClock, silentLog);
  const bare = openBareInvoices(databaseFile(folder));
  assertSameTotals(reader, bare);
  const rows = new LatencyHistogram();
  const totals = new LatencyHistogram();
  const medians = await interleavedMedians(
    [
      { name: 'rows, thread', run: () => rowsThroughThread(store, rows) },
      {
        name: 'rows, reader',
        run: () => rate(INVOICE_PLACES, ({ query, offset }) => reader.invoiceRows(query, offset, PAGE)),
      },
      { name: 'rows, bare', run: () => rate(INVOICE_PLACES, (place) => bare.rows(place, PAGE)) },
      { name: 'totals, thread', run: () => totalsThroughThread(store, totals) },
      { name: 'totals, reader', run: () => rate(FILTERS, ({ query }) => reader.invoiceTotals(query, 0)) },
      { name: 'totals, bare', run: () => rate(FILTERS, (filter) => bare.totals(filter)) },
    ],
    ROUNDS,
  );
  bare.close();
  reader.close();
  await store.stop();
  return result(medians, { rows, totals }, filling);
}

function result(
  medians: Medians,
  { rows, totals }: Record<'rows' | 'totals', LatencyHistogram>,
  filling: InvoiceFilling,
): BenchResult {
  const against = (what: string): Pick<Ratio, 'value' | 'floor' | 'goal'> => ({
    value: (medians[`${what}, reader`] ?? 0) / (medians[`${what}, bare`] ?? 1),
    floor: 0.5,
    goal: 0.8,
  });
  const limit = (histogram: LatencyHistogram, milliseconds: number) => ({
    value: histogram.percentile(95) / 1000 / milliseconds,
    floor: 1,
    goal: 0.5,
    lessIsBetter: true,
  });
  return {
    name: 'invoices',
    ratios: [
      {
        name: 'rows from anywhere P95 / 100 ms',
        meaning:
          '100 rows at any place of a million in any indexed sort, through the reader’s thread, to its limit',
        ...limit(rows, ROWS_LIMIT_MS),
      },
      {
        name: 'filter + totals P95 / 300 ms',
        meaning:
          'the first rows of a filter and the totals of all it keeps, through the thread, to their limit',
        ...limit(totals, TOTALS_LIMIT_MS),
      },
      {
        name: 'rows, reader / bare SQLite',
        meaning: 'pages/s against a bare query with ORDER BY, LIMIT and OFFSET over the same index',
        ...against('rows'),
      },
      {
        name: 'totals, reader / bare SQLite',
        meaning: 'filters/s against bare sums over the same rows',
        ...against('totals'),
      },
    ],
    absolute: {
      invoices: filling.rows,
      'database, MB': filling.databaseBytes / 1e6,
      'filled in, invoices/s': filling.rows / filling.seconds,
      ...Object.fromEntries(Object.entries(medians).map(([name, value]) => [`${name}, a second`, value])),
      'rows P50, ms': rows.percentile(50) / 1000,
      'rows P95, ms': rows.percentile(95) / 1000,
      'rows max, ms': rows.max / 1000,
      'filter + totals P50, ms': totals.percentile(50) / 1000,
      'filter + totals P95, ms': totals.percentile(95) / 1000,
      'filter + totals max, ms': totals.max / 1000,
    },
  };
}

function rowsThroughThread(store: Store, histogram: LatencyHistogram): Promise<number> {
  return rate(INVOICE_PLACES, ({ query, offset }) =>
    timed(histogram, () => store.screens.invoiceRows(query, offset, PAGE)),
  );
}

function totalsThroughThread(store: Store, histogram: LatencyHistogram): Promise<number> {
  return rate(FILTERS, ({ query }) =>
    timed(histogram, async () => {
      await store.screens.invoiceTotals(query, 0);
      await store.screens.invoiceRows(query, 0, PAGE);
    }),
  );
}

async function timed(histogram: LatencyHistogram, work: () => Promise<unknown>): Promise<void> {
  const begun = performance.now();
  await work();
  histogram.record((performance.now() - begun) * 1000);
}

/** Two ways of adding up are compared only where they agree. Throws an Error where they do not. */
function assertSameTotals(reader: Reader, bare: BareInvoices): void {
  for (const filter of FILTERS) {
    const query: Omit<InvoiceQuery, 'sort'> = filter.query;
    const sums = JSON.stringify(reader.invoiceTotals(query, 0).sums);
    if (sums !== JSON.stringify(bare.totals(filter)))
      throw new Error(`the reader and bare SQLite differ: ${JSON.stringify(query.filter)}`);
  }
}

/** Answers a second. */
async function rate<T>(questions: readonly T[], ask: (question: T) => unknown): Promise<number> {
  const begun = performance.now();
  for (const question of questions) await ask(question);
  return (questions.length * 1000) / (performance.now() - begun);
}
