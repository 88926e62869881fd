import { normalizeSymbol } from '../../../../src-contract/instrument.ts';
import { CANDLE_INTERVALS, type CandleIntervalName } from '../../../../src-contract/ticker.ts';
import {
  indicatorOf,
  indicatorText,
  MAX_INDICATORS,
  type IndicatorChoice,
} from '../indicators/indicator-choice.ts';
import { CHART_KINDS, type ChartKind } from './price-series.ts';

/** How a chart is looked at; kept in the address, so that reload, back and a link show the same. */
export interface ChartChoice {
  interval: CandleIntervalName;
  kind: ChartKind;
  indicators: readonly IndicatorChoice[];
  /** Other instruments beside the first. */
  compared: readonly string[];
}

/** A chart shows at most as many instruments at once. */
export const MAX_SYMBOLS = 4;

/** A chart as it is first shown. */
export const USUAL_CHART: ChartChoice = { interval: '1m', kind: 'candles', indicators: [], compared: [] };

/**
 * Reads a choice from the query of an address; what it does not understand is left as `usual` says.
 * @param symbol the chart's own instrument, which is not compared with itself.
 */
export function chartChoiceOf(query: string, symbol: string, usual: ChartChoice): ChartChoice {
  const params = new URLSearchParams(query);
  return {
    interval: CANDLE_INTERVALS.find((interval) => interval === params.get('interval')) ?? usual.interval,
    kind: CHART_KINDS.find((kind) => kind === params.get('as')) ?? usual.kind,
    indicators: listed(params.get('with'), MAX_INDICATORS, indicatorOf, indicatorText) ?? usual.indicators,
    compared:
      listed(
        params.get('beside'),
        MAX_SYMBOLS - 1,
        (text) => otherSymbol(text, symbol),
        (text) => text,
      ) ?? [],
  };
}

/** Writes a choice as the query of an address. */
export function chartQuery({ interval, kind, indicators, compared }: ChartChoice): string {
  const params = new URLSearchParams({ interval, as: kind, with: indicators.map(indicatorText).join(',') });
  if (compared.length > 0) params.set('beside', compared.join(','));
  return `?${params.toString()}`;
}

function otherSymbol(text: string, symbol: string): string | null {
  const other = normalizeSymbol(text);
  return other === symbol ? null : other;
}

function listed<T>(
  text: string | null,
  most: number,
  read: (part: string) => T | null,
  key: (item: T) => string,
): T[] | null {
  if (text === null) return null;
  const items = new Map<string, T>();
  for (const part of text.split(',')) {
    const item = read(part);
    if (item !== null && items.size < most) items.set(key(item), item);
  }
  return [...items.values()];
}
