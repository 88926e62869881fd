import type { AnalyticsFigures, AnalyticsWindow, TypeFigures } from '../../../src-contract/analytics.ts';
import { ALL_TYPES, OTHER_TYPES, ROLLUP_MS } from '../../../src-contract/analytics-store.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import { DISTINCT_ERROR_PERCENT } from '../../lib/distinct-count.ts';
import { CellTable, type CellFigures } from './cell-table.ts';
import type { LiveCells } from './live-cells.ts';
import { MAX_TYPES, type TypeRegister } from './type-register.ts';
import type { UserSketches } from './user-sketches.ts';
import { WINDOW_SPANS, spanStart } from './window-spans.ts';

/** Types and frequent types are listed to this many. */
const LISTED = 20;

/** What a window of events comes to, without latencies. */
export type WindowFigures = Omit<AnalyticsFigures, 'env' | 'p50_us' | 'p95_us' | 'p99_us' | 'latency'>;

/** What figures are made of. */
export interface FigureSources {
  cells: LiveCells;
  types: TypeRegister;
  users: UserSketches;
}

/** A window's events by type, one cell each, and where the window begins; null: no event yet. */
interface WindowTypes {
  from: number | null;
  types: CellTable;
}

/** What a window comes to at a time, UTC milliseconds. */
export function windowFigures(
  sources: FigureSources,
  window: AnalyticsWindow,
  now: number,
  eventsPerSecond: number,
): WindowFigures {
  const { from, types } = window === 'start' ? everTypes(sources.cells) : spanTypes(sources, window, now);
  const all = new CellTable(1);
  for (let row = 0; row < types.size; row += 1) all.merge(types.cells, row, ALL_TYPES);
  const total = all.size === 0 ? null : all.figures(0);
  return {
    window,
    from: from === null ? null : toTimestamp(from),
    as_of: toTimestamp(now),
    processed: processedOf(sources.cells),
    total: total?.events ?? 0,
    events_per_second: eventsPerSecond,
    value: valueFigures(total),
    top_types: topTypes(sources, types, total?.events ?? 0),
    types: {
      known: sources.types.known,
      cap: MAX_TYPES,
      other: eventsOf(types, OTHER_TYPES),
      frequent: sources.types
        .frequent(LISTED)
        .map(({ name, count, error }) => ({ type: name, count, error })),
    },
    users: { distinct: distinctUsers(sources, window, now), error_percent: DISTINCT_ERROR_PERCENT },
  };
}

/** Events ever counted. */
export function processedOf(cells: LiveCells): number {
  const { ever } = cells;
  let events = 0;
  for (let row = 0; row < ever.size; row += 1) events += ever.cells.events[row] as number;
  return events;
}

/** The average of values, to the precision of a double; null without any. */
export function averageOf({ valued, units, micros }: CellFigures): number | null {
  return valued === 0 ? null : sumOf(units, micros) / valued;
}

function everTypes(cells: LiveCells): WindowTypes {
  return { from: cells.first, types: cells.ever };
}

function spanTypes(
  { cells }: FigureSources,
  window: Exclude<AnalyticsWindow, 'start'>,
  now: number,
): WindowTypes {
  const span = WINDOW_SPANS[window];
  const from = spanStart(span, now);
  const table = cells.table(tableOf(span.bucket));
  const { start } = table.cells;
  const types = new CellTable(1);
  for (let row = 0; row < table.size; row += 1) {
    const at = start[row] as number;
    if (at >= from && at <= now) types.merge(table.cells, row, table.cells.type[row], 0);
  }
  return { from, types };
}

function tableOf(bucket: number): 'slots' | 'minutes' | 'hours' {
  if (bucket === ROLLUP_MS['1h']) return 'hours';
  return bucket === ROLLUP_MS['1m'] ? 'minutes' : 'slots';
}

function valueFigures(total: CellFigures | null): AnalyticsFigures['value'] {
  if (total === null || total.valued === 0)
    return { count: 0, sum: null, average: null, min: null, max: null };
  const { valued, units, micros, min, max } = total;
  return { count: valued, sum: sumOf(units, micros), average: averageOf(total), min, max };
}

/** The exact sum as a double, the same however its parts were carried. */
function sumOf(units: number, micros: number): number {
  const whole = units + Math.trunc(micros / 1e6);
  const rest = micros % 1e6;
  const inMicros = whole * 1e6 + rest;
  if (Number.isSafeInteger(inMicros)) return inMicros / 1e6;
  // Parts of different signs and of the same one are rounded differently.
  const carried = rest !== 0 && Math.sign(rest) !== Math.sign(whole) ? Math.sign(whole) : 0;
  return whole - carried + (rest + carried * 1e6) / 1e6;
}

/** Types by number of events, then by name: those with a number of their own, and the frequent ones beyond the cap. */
function topTypes(sources: FigureSources, types: CellTable, total: number): TypeFigures[] {
  const counted: Counted[] = Array.from({ length: types.size }, (_, row) => row)
    .filter((row) => types.cells.type[row] !== OTHER_TYPES)
    .map((row) => {
      const figures = types.figures(row);
      const type = sources.types.nameOf(types.cells.type[row] as number);
      return { type, count: figures.events, average: averageOf(figures), exact: true };
    });
  return [...counted, ...frequentTypes(sources, types)]
    .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1))
    .slice(0, LISTED)
    .map((each) => ({ ...each, share: each.count / total }));
}

type Counted = Omit<TypeFigures, 'share'>;

/**
 * Frequent types beyond the cap with what they have at least. The sketch knows no times, so it speaks for a window only while
 * everything beyond the cap there ever was lies within it.
 */
function frequentTypes({ cells, types: register }: FigureSources, types: CellTable): Counted[] {
  const beyond = eventsOf(types, OTHER_TYPES);
  if (beyond === 0 || beyond !== eventsOf(cells.ever, OTHER_TYPES)) return [];
  return register
    .frequent(LISTED)
    .map(({ name, count, error }) => ({ type: name, count: count - error, average: null, exact: false }));
}

function eventsOf(types: CellTable, type: number): number {
  const row = types.cells.type.subarray(0, types.size).indexOf(type);
  return row === -1 ? 0 : (types.cells.events[row] as number);
}

function distinctUsers({ users }: FigureSources, window: AnalyticsWindow, now: number): number {
  if (window === 'start') return users.distinctEver();
  const from = spanStart(WINDOW_SPANS[window], now);
  return users.distinct(window === '24h' ? '1h' : '1m', from, now);
}
