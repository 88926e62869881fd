import { INTERVAL_MS } from '../../../src-contract/ticker.ts';
import type { SourcedCandle } from '../../../src-contract/ticker-checkpoint.ts';
import { startOf } from '../../projections/tickers/candle-fold.ts';

const LENGTH = INTERVAL_MS['5m'];

/**
 * Candles of five minutes from those of one, both ascending. Each is of the first source among its minutes, of whose
 * minutes alone it is made: of every minute the store has given that of the first source that has it.
 * @param sources all sources of the minutes, in their order.
 */
export function fiveMinutes(minutes: readonly SourcedCandle[], sources: readonly string[]): SourcedCandle[] {
  const groups = new Map<number, SourcedCandle[]>();
  for (const minute of minutes) {
    const start = startOf(minute.start, LENGTH);
    const group = groups.get(start);
    if (group === undefined) groups.set(start, [minute]);
    else group.push(minute);
  }
  return [...groups].map(([start, group]) => composed(start, group, sources));
}

function composed(start: number, group: SourcedCandle[], sources: readonly string[]): SourcedCandle {
  const rank = ({ source }: SourcedCandle): number => sources.indexOf(source);
  const { source } = group.reduce((best, minute) => (rank(minute) < rank(best) ? minute : best));
  const [first, ...rest] = group.filter((minute) => minute.source === source);
  if (first === undefined) throw new Error('a group of minutes is never empty');
  return rest.reduce(
    (sum, { high, low, close, ticks }) => ({
      ...sum,
      high: Math.max(sum.high, high),
      low: Math.min(sum.low, low),
      close,
      ticks: sum.ticks + ticks,
    }),
    { ...first, start },
  );
}
