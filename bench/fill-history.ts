import { systemClock } from '../src-main/lib/clock.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { openStore } from '../src-main/store/open-store.ts';
import { makeTickerCheckpoint } from '../src-main/store/testing/candles.ts';
import { openRuntime } from './full-intake.ts';
import { batchesOf, priceParts, TICKS_FROM, yearOf } from './price-history.ts';

/** Steps of one part, which is held in memory: 200,000 ticks. */
const PART_STEPS = 4_000;

/** How a history was filled in. */
export interface Filling {
  ticks: number;
  journalSeconds: number;
  /** From opening the environment to its last candle stored. */
  rebuildSeconds: number;
  databaseBytes: number;
}

/**
 * Fills the database of a folder by the app's own means: prices of 50 symbols every 5 s for so many steps go into the
 * journal, from which the environment `dev` then rebuilds all candles; before them lies a year of hours and days.
 */
export async function fillHistory(folder: string, steps: number): Promise<Filling> {
  const journalSeconds = await timed(() => fillJournal(folder, steps));
  const store = await openStore({ folder, mode: 'threads', log: silentLog, clock: systemClock });
  const rebuildSeconds = await timed(async () => {
    const runtime = await openRuntime(store, 'dev', () => undefined);
    await runtime.checkpointCandles();
    await runtime.stop();
  });
  const { batch } = await store.jobs.tickerState('dev', 0);
  for (const level of ['1d', '1h'] as const) {
    await store.writer.tickerCheckpoint(makeTickerCheckpoint('dev', batch, yearOf(level)));
  }
  await store.writer.settle();
  const { bytes, journalRows } = await store.screens.figures();
  await store.stop();
  return { ticks: journalRows, journalSeconds, rebuildSeconds, databaseBytes: bytes };
}

async function fillJournal(folder: string, steps: number): Promise<void> {
  const store = await openStore({ folder, mode: 'inline', log: silentLog, clock: systemClock });
  const identity = { env: 'dev', source: 'nats', name: 'BENCH', createdAt: 1 };
  const { incarnation } = await store.writer.openStream(identity, TICKS_FROM);
  for (const part of priceParts(steps, PART_STEPS)) {
    for (const events of batchesOf(part, incarnation)) await store.writer.commit(events);
  }
  await store.stop();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
