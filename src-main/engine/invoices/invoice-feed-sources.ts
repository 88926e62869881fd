import type { FeedHead } from '../../../src-contract/channels.ts';
import type { Conversion } from '../../projections/invoices/converted-sums.ts';
import { invoiceTotalsOf } from '../../projections/invoices/invoice-views.ts';
import type { FeedSources } from '../../router/feed-source.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';

/** What the feeds about invoices read. */
export interface InvoiceReadings {
  run: () => FeedHead<'invoiceRun'>;
  stats: () => FeedHead<'invoiceStats'>;
}

/** The feeds about invoices: heads only, rows are asked for. */
export function invoiceFeedSources(
  readings: InvoiceReadings,
): Pick<FeedSources, 'invoiceRun' | 'invoiceStats'> {
  const headOnly = { rows: () => [], row: () => null };
  return {
    invoiceRun: () => ({ head: readings.run, ...headOnly }),
    invoiceStats: () => ({ head: readings.stats, ...headOnly }),
  };
}

/** The shown invoices of an environment, counted and summed up. */
export function invoiceStats(
  { env, invoices }: EnvironmentRuntime,
  conversion: Conversion,
): FeedHead<'invoiceStats'> {
  const { generation, newest, ignored, totals } = invoices.projection;
  return { env, generation, newest, ignored, ...invoiceTotalsOf(totals, conversion) };
}
