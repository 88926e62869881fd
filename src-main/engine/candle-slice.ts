import type { TickerProjection } from '../projections/tickers/ticker-projection.ts';
import type { Store } from '../store/open-store.ts';

/**
 * Most seconds with prices, over all series, that a replay merges in one transaction. Each is a row, and up to three more of
 * longer intervals. On a busy machine 1,250 rows took 16 ms and at most 30, 4,550 rows took 40 ms and at most 209; nobody
 * else writes meanwhile. A whole batch is never divided.
 */
export const MOST_SECONDS = 1000;

/** Before a replay applies so many rows more: writes the candles it has collected when there would be too many to write at once. */
export async function makeRoom(
  writer: Pick<Store['writer'], 'tickerCheckpoint'>,
  tickers: TickerProjection,
  rows: number,
): Promise<void> {
  if (tickers.book.pending + rows <= MOST_SECONDS) return;
  const checkpoint = tickers.takeCheckpoint();
  if (checkpoint !== null) await writer.tickerCheckpoint(checkpoint);
}
