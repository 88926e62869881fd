import type { FeedHead } from '../../src-contract/channels.ts';
import type {
  ImportReport,
  Invoice,
  InvoiceDetail,
  InvoiceRun,
  InvoiceTotal,
} from '../../src-contract/invoice.ts';
import { RUN_LIMITS } from '../../src-contract/invoice.ts';
import type { Job } from '../../src-contract/job.ts';
import { toMoney } from '../../src-contract/money.ts';

const AT = '2026-11-21T09:59:58.000Z';

/** An invoice over 100.00 net and 15 % VAT, for component tests; `patch` says what is different. */
export function fakeInvoice(id: number, patch: Partial<Invoice> = {}): Invoice {
  return {
    id,
    number: `PD-${String(id).padStart(8, '0')}`,
    company: 'Acme Ltd',
    issued_at: AT,
    due_at: '2026-12-21T09:59:58.000Z',
    state: 'open',
    source: 'simulator',
    vat_percent: '15',
    net: toMoney(10_000, 'USD'),
    vat: toMoney(1500, 'USD'),
    gross: toMoney(11_500, 'USD'),
    ...patch,
  };
}

/** {@link fakeInvoice} with two lines, for component tests; `patch` says what is different. */
export function fakeInvoiceDetail(id: number, patch: Partial<InvoiceDetail> = {}): InvoiceDetail {
  return {
    ...fakeInvoice(id),
    received_at: AT,
    shown_at: '2026-11-21T09:59:59.000Z',
    run: 3,
    country: 'US',
    lines: [
      { description: 'Chairs', quantity: '3', unit_price: '25.00', net: toMoney(7500, 'USD') },
      { description: 'Delivery', quantity: '1', unit_price: '25.00', net: toMoney(2500, 'USD') },
    ],
    ...patch,
  };
}

/** Sums of `count` invoices of 100.00 net and 15 % VAT in a currency, for component tests. */
export function fakeTotal(currency: string, count: number): InvoiceTotal {
  return {
    currency,
    count,
    net: toMoney(count * 10_000, currency),
    vat: toMoney(count * 1500, currency),
    gross: toMoney(count * 11_500, currency),
    average: toMoney(11_500, currency),
  };
}

/** The statistics of these sums in demo, for component tests; `patch` says what is different. */
export function fakeStats(
  totals: InvoiceTotal[] = [fakeTotal('USD', 3)],
  patch: Partial<FeedHead<'invoiceStats'>> = {},
): FeedHead<'invoiceStats'> {
  const count = totals.reduce((sum, total) => sum + total.count, 0);
  return { env: 'demo', generation: 1, newest: count, ignored: 0, count, totals, converted: null, ...patch };
}

/** An idle simulator before its first run, for component tests; `patch` says what is different. */
export function fakeRun(patch: Partial<InvoiceRun> = {}): InvoiceRun {
  return {
    state: 'idle',
    run: null,
    generation: 1,
    produced: 0,
    shown: 0,
    waiting: 0,
    planned: 0,
    rate_per_s: RUN_LIMITS.rate_per_s.default,
    display_rate_per_s: RUN_LIMITS.display_rate_per_s.default,
    duration_s: RUN_LIMITS.duration_s.default,
    produced_per_s: 0,
    shown_per_s: 0,
    started_at: null,
    ended_at: null,
    undo_until: null,
    undo_count: 0,
    note: null,
    ...patch,
  };
}

/** A running export, for component tests; `patch` says what is different. */
export function fakeJob(patch: Partial<Job> = {}): Job {
  return {
    id: '7',
    kind: 'export',
    title: 'Export of 1,000 invoices as CSV',
    state: 'running',
    done: 250,
    total: 1000,
    started_at: AT,
    ended_at: null,
    error: null,
    file: null,
    ...patch,
  };
}

/** The report of a file of three rows that are all new, for component tests; `patch` says what is different. */
export function fakeImportReport(patch: Partial<ImportReport> = {}): ImportReport {
  return {
    rows: 3,
    added: 3,
    unchanged: 0,
    conflicts: 0,
    invalid: 0,
    problems: [],
    totals: { count: 3, totals: [fakeTotal('USD', 3)], converted: null },
    ...patch,
  };
}
