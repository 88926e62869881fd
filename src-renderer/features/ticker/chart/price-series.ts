import {
  AreaSeries,
  CandlestickSeries,
  LineSeries,
  type CandlestickData,
  type IChartApi,
  type ISeriesApi,
  type LineData,
  type UTCTimestamp,
  type WhitespaceData,
} from 'lightweight-charts';
import { cssColour } from '../../../ui/charts/css-colour.ts';
import type { Place } from '../candles/place-bars.ts';

/** How prices are drawn. */
export const CHART_KINDS = ['candles', 'line', 'area'] as const;
/** One of {@link CHART_KINDS}. */
export type ChartKind = (typeof CHART_KINDS)[number];

/** The series of the prices themselves, whatever it is drawn as. */
export type PriceSeries = ISeriesApi<'Candlestick'> | ISeriesApi<'Line'> | ISeriesApi<'Area'>;

type PriceDatum = CandlestickData<UTCTimestamp> | LineData<UTCTimestamp> | WhitespaceData<UTCTimestamp>;

/** Adds the series of the prices to a chart. */
export function addPriceSeries(chart: IChartApi, kind: ChartKind): PriceSeries {
  const options = { ...priceColours(kind), priceLineVisible: true, priceLineStyle: 1 } as const;
  if (kind === 'candles') return chart.addSeries(CandlestickSeries, options);
  if (kind === 'line') return chart.addSeries(LineSeries, { ...options, lineWidth: 2 });
  return chart.addSeries(AreaSeries, { ...options, lineWidth: 2 });
}

/** The colours of the prices in the present theme. */
export function priceColours(kind: ChartKind) {
  if (kind === 'candles') {
    const up = cssColour('--up');
    const down = cssColour('--down');
    return {
      upColor: up,
      borderUpColor: up,
      wickUpColor: up,
      downColor: down,
      borderDownColor: down,
      wickDownColor: down,
    };
  }
  const colour = cssColour('--series-1');
  if (kind === 'line') return { color: colour };
  return {
    lineColor: colour,
    topColor: cssColour('--series-1', 0.28),
    bottomColor: cssColour('--series-1', 0.02),
  };
}

const CLEAR = 'transparent';
const BREAK = { lineColor: CLEAR, topColor: CLEAR, bottomColor: CLEAR, color: CLEAR };

/**
 * What the library draws at a place of the axis.
 * @param beforeGap the line is not to be drawn on from here.
 */
export function priceDatum(
  kind: ChartKind,
  place: Place,
  time: UTCTimestamp,
  beforeGap: boolean,
): PriceDatum {
  if (place.open === null) return { time };
  const { open, high, low, close } = place;
  if (kind === 'candles') return { time, open, high, low, close };
  return beforeGap ? { time, value: close, ...BREAK } : { time, value: close };
}
