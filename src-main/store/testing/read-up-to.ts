import { PROJECTIONS, type ProjectionName } from '../checkpoint-table.ts';
import { makeTickerCheckpoint } from './candles.ts';
import { makeActivityCheckpoint, makeAnalyticsCheckpoint } from './events.ts';
import { makeInvoiceCheckpoint } from './invoices.ts';
import { makeCheckpoint, type StoreFixture } from './store-fixture.ts';

/** Lets one projection have read up to a batch, and store nothing else. */
export const READ_UP_TO: Record<ProjectionName, (store: StoreFixture, env: string, batch: number) => void> = {
  portfolios: ({ writer }, env, batch) => writer.checkpoint(makeCheckpoint(env, batch)),
  tickers: ({ writer }, env, batch) => writer.tickerCheckpoint(makeTickerCheckpoint(env, batch)),
  invoices: ({ writer }, env, batch) => writer.invoiceCheckpoint(makeInvoiceCheckpoint(env, batch)),
  analytics: ({ writer }, env, batch) => writer.analyticsCheckpoint(makeAnalyticsCheckpoint(env, batch)),
  activity: ({ writer }, env, batch) => writer.activityCheckpoint(makeActivityCheckpoint(env, batch)),
};

/** Lets all projections of an environment have read up to a batch. */
export function readUpTo(store: StoreFixture, env: string, batch: number): void {
  for (const projection of PROJECTIONS) READ_UP_TO[projection](store, env, batch);
}
