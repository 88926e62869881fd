import type { InvoiceState } from '../../../src-contract/invoice.ts';
import type {
  InvoiceCheckpoint,
  InvoiceColumns,
  InvoiceRunRecord,
} from '../../../src-contract/invoice-store.ts';

/** An invoice under construction, amounts in minor units; what a test does not care about has sensible values. */
export interface TestInvoice {
  number: string;
  company?: string;
  currency?: string;
  state?: InvoiceState;
  issuedAt?: number;
  dueAt?: number | null;
  net?: number;
  vat?: number;
  words?: string;
}

/** Columns out of invoices. */
export function invoiceColumns(rows: readonly TestInvoice[], source = 'nats'): InvoiceColumns {
  const numbers = (of: (row: TestInvoice) => number): Float64Array => Float64Array.from(rows, of);
  return {
    count: rows.length,
    events: Float64Array.from(rows, (_, index) => index + 1),
    source,
    numbers: rows.map(({ number }) => number),
    companies: rows.map(({ company = 'Acme' }) => company),
    currencies: rows.map(({ currency = 'USD' }) => currency),
    states: rows.map(({ state = 'open' }) => state),
    issuedAt: numbers(({ issuedAt = 1_000_000 }) => issuedAt),
    receivedAt: numbers(() => 1_000_005),
    dueAt: numbers(({ dueAt = null }) => dueAt ?? NaN),
    vatBasisPoints: numbers(() => 1500),
    nets: numbers(({ net = 10_000 }) => net),
    vats: numbers(({ vat = 1500 }) => vat),
    grosses: numbers(({ net = 10_000, vat = 1500 }) => net + vat),
    extras: rows.map(({ words = 'Paper' }) =>
      JSON.stringify({
        country: 'US',
        lines: [{ description: words, quantity: '1', unit_price: '100', net: 10_000 }],
      }),
    ),
    words: rows.map(({ words = 'Paper' }) => words),
  };
}

/** A checkpoint that changes nothing but what is given. */
export function makeInvoiceCheckpoint(
  env: string,
  batch: number,
  changes: Partial<InvoiceCheckpoint> = {},
): InvoiceCheckpoint {
  return { env, batch, arrived: [], produced: [], show: null, invalid: 0, at: 2_000_000, ...changes };
}

/** The record of a run. */
export function makeRun(run: number, changes: Partial<InvoiceRunRecord> = {}): InvoiceRunRecord {
  return {
    run,
    generation: 1,
    state: 'running',
    seed: 7,
    ratePerS: 5,
    displayRatePerS: 2,
    durationS: 300,
    planned: 1500,
    vatBasisPoints: 1500,
    startedAt: 1_000_000,
    endedAt: null,
    ...changes,
  };
}
