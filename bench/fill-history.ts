import { systemClock } from '../src-main/lib/clock.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { openStore } from '../src-main/store/open-store.ts';
import { batchesOf, candlesOf, HISTORY_SERIES, priceParts, TICKS_FROM, yearOf } from './price-history.ts';

/** Steps of one checkpoint: 200,000 ticks. */
const PART_STEPS = 4_000;

/** How a history was filled in. */
export interface Filling {
  ticks: number;
  seconds: number;
  databaseBytes: number;
}

/**
 * Fills the database of a folder by the store's own calls: prices of 50 symbols every 5 s for so many steps as journal
 * rows, with the candles of every level that they make, after a year of hours and days. The environment is `dev`.
 */
export async function fillHistory(folder: string, steps: number): Promise<Filling> {
  const begun = performance.now();
  const store = await openStore({ folder, mode: 'inline', log: silentLog, clock: systemClock });
  const identity = { env: 'dev', source: 'nats', name: 'BENCH', createdAt: 1 };
  const { incarnation } = await store.writer.openStream(identity, TICKS_FROM);
  let batch = 0;
  const merge = (candles: ReturnType<typeof yearOf>): Promise<void> =>
    store.writer.tickerCheckpoint({ env: 'dev', batch, series: HISTORY_SERIES, candles });
  await merge(yearOf('1d'));
  await merge(yearOf('1h'));
  for (const part of priceParts(steps, PART_STEPS)) {
    for (const events of batchesOf(part, incarnation)) batch = (await store.writer.commit(events)).batch;
    await merge(candlesOf(part, incarnation));
  }
  await store.writer.settle();
  const { bytes, journalRows } = await store.screens.figures();
  await store.stop();
  return { ticks: journalRows, seconds: (performance.now() - begun) / 1000, databaseBytes: bytes };
}
