import type { CandleLevelName } from '../src-contract/ticker-checkpoint.ts';
import type { CandleQuery } from '../src-main/store/port.ts';
import { HISTORY_SYMBOLS, timeOf } from './price-history.ts';

/** Candles of a chart's first paint, by interval; 5 m is composed from 1 m. */
const NEWEST: readonly [interval: string, level: CandleLevelName, rows: number][] = [
  ['1s', '1s', 500],
  ['1m', '1m', 500],
  ['5m', '1m', 2_500],
  ['1h', '1h', 500],
  ['1d', '1d', 500],
];

/** Rows of a page that panning back loads, and the most pages back: the year's hours are 10. */
const PAGE = 1_000;
const PAGES_BACK = 10;

/** A page that a chart asks for, and what it is. */
export interface ChartPage {
  kind: string;
  query: CandleQuery;
}

/** What a chart of every symbol asks for: the newest of every interval, and page after page back. */
export function chartPages(steps: number): ChartPage[] {
  const now = timeOf(steps);
  return HISTORY_SYMBOLS.flatMap((symbol) => {
    const query = (level: CandleLevelName, limit: number, to: number): CandleQuery => ({
      ...{ env: 'dev', symbol, level, from: 0, to, limit },
      ...{ sources: ['nats'], currency: 'USD', base: 'USD' },
    });
    const newest = NEWEST.map(([interval, level, rows]) => ({
      kind: `newest ${interval}`,
      query: query(level, rows, now),
    }));
    const back = (['1s', '1m', '1h'] as const).flatMap((level) =>
      Array.from({ length: PAGES_BACK }, (_, page) => ({
        kind: `back ${level}`,
        query: query(level, PAGE, pageEnd(level, now, page)),
      })),
    );
    return [...newest, ...back];
  });
}

/** Where a page ends: ticks every 5 s fill one in five of the intervals of 1 s. */
function pageEnd(level: '1s' | '1m' | '1h', now: number, page: number): number {
  const rowMs = { '1s': 5_000, '1m': 60_000, '1h': 3_600_000 }[level];
  return now - page * PAGE * rowMs;
}
