import type { AnalyticsWindow } from '../../../src-contract/analytics.ts';
import { ROLLUP_MS } from '../../../src-contract/analytics-store.ts';
import { CellTable } from './cell-table.ts';
import type { LiveCells, LiveTable } from './live-cells.ts';
import { averageOf } from './window-figures.ts';
import { SLOT_MS, WINDOW_SPANS, spanStart } from './window-spans.ts';

const MINUTE = ROLLUP_MS['1m'];
/** Most buckets of a series. */
const MAX_BUCKETS = 400;

/** A bucket of a series; `at` is its start in UTC milliseconds. */
export interface SeriesBucket {
  at: number;
  count: number;
  /** Null where no event had a value. */
  average: number | null;
}

/** Which table a series is read from, and the length of its buckets, a multiple of the table's. */
interface SeriesPlan {
  table: LiveTable;
  bucket: number;
  from: number;
}

/** The series of a window that ends. */
const PLANS: Readonly<Record<Exclude<AnalyticsWindow, 'start'>, Omit<SeriesPlan, 'from'>>> = {
  '1m': { table: 'allSeconds', bucket: ROLLUP_MS['1s'] },
  '5m': { table: 'allSeconds', bucket: SLOT_MS },
  '15m': { table: 'allSeconds', bucket: 15_000 },
  '1h': { table: 'minutes', bucket: MINUTE },
  '24h': { table: 'allQuarters', bucket: ROLLUP_MS['15m'] },
};

/**
 * The buckets of a window, oldest first, those without events too: 60 of 1, 5 or 15 s or of a minute, up to 96 quarters, and
 * of all time up to 400 hours, or when it is longer than that the newest 400 days.
 */
export function windowSeries(cells: LiveCells, window: AnalyticsWindow, now: number): SeriesBucket[] {
  const plan = window === 'start' ? everPlan(cells, now) : spanPlan(window, now);
  if (plan === null) return [];
  const folded = foldedTable(cells, plan, now);
  const buckets: SeriesBucket[] = [];
  for (let at = plan.from; at <= now; at += plan.bucket) {
    const row = folded.find(at);
    const figures = row === null ? null : folded.figures(row);
    buckets.push({
      at,
      count: figures?.events ?? 0,
      average: figures === null ? null : averageOf(figures),
    });
  }
  return buckets;
}

function spanPlan(window: Exclude<AnalyticsWindow, 'start'>, now: number): SeriesPlan {
  const plan = PLANS[window];
  // A window may begin within a bucket of its series: that one is left out rather than shown by half.
  const from = Math.ceil(spanStart(WINDOW_SPANS[window], now) / plan.bucket) * plan.bucket;
  return { ...plan, from };
}

function everPlan(cells: LiveCells, now: number): SeriesPlan | null {
  const { first } = cells;
  if (first === null) return null;
  const [hour, day] = [ROLLUP_MS['1h'], ROLLUP_MS['1d']];
  const oldest = (bucket: number) => Math.floor(now / bucket) * bucket - (MAX_BUCKETS - 1) * bucket;
  if (first >= oldest(hour)) return { table: 'allHours', bucket: hour, from: first };
  const firstDay = Math.floor(first / day) * day;
  return { table: 'allDays', bucket: day, from: Math.max(firstDay, oldest(day)) };
}

function foldedTable(cells: LiveCells, { table: name, bucket, from }: SeriesPlan, now: number): CellTable {
  const table = cells.table(name);
  const { start } = table.cells;
  const folded = new CellTable(bucket);
  for (let row = 0; row < table.size; row += 1) {
    const at = start[row] as number;
    if (at >= from && at <= now) folded.merge(table.cells, row, 0);
  }
  return folded;
}
