import { storedEvents } from '../pipeline/stored-events.ts';
import type { PortfolioProjection } from '../projections/portfolios/portfolio-projection.ts';
import type { TickerProjection } from '../projections/tickers/ticker-projection.ts';
import type { Store } from '../store/open-store.ts';
import { makeRoom } from './candle-slice.ts';

/** Journal rows read per step of a replay. */
const REPLAY_ROWS = 5000;

/** What a replay brings up to date. Each projection has its own position; a young one is behind. */
export interface Replayed {
  projection: PortfolioProjection;
  tickers: TickerProjection;
}

/** Applies the journal to projections that were loaded from their checkpoints, to each what comes after its own. */
export async function replay(store: Store, env: string, { projection, tickers }: Replayed): Promise<void> {
  for (;;) {
    const after = Math.min(projection.batch, tickers.batch);
    const batches = await store.jobs.replay(env, after, REPLAY_ROWS);
    if (batches.length === 0) return;
    for (const stored of batches) {
      await makeRoom(store.writer, tickers, stored.rows.length);
      const events = storedEvents(stored);
      if (stored.batch > projection.batch) projection.apply(stored.batch, events);
      tickers.apply(stored.batch, events);
    }
  }
}
