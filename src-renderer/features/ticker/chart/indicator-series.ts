import {
  HistogramSeries,
  LineSeries,
  LineStyle,
  PriceScaleMode,
  type IChartApi,
  type ISeriesApi,
  type UTCTimestamp,
} from 'lightweight-charts';
import { cssColour } from '../../../ui/charts/css-colour.ts';
import type { Bar } from '../candles/bar.ts';
import { INDICATOR_LINES, indicatorText, type IndicatorChoice } from '../indicators/indicator-choice.ts';
import { roundedFigure } from '../indicators/rounded-figure.ts';

/** An indicator as it is drawn: its lines belong to `bars`, index by index; NaN where it has no value. */
export interface DrawnIndicator {
  choice: IndicatorChoice;
  lines: readonly Float64Array[];
  bars: readonly Bar[];
}

type LineApi = ISeriesApi<'Line'> | ISeriesApi<'Histogram'>;

/** Indicators that are drawn over the prices; the others stand in panes of their own below. */
const OVER_PRICES: readonly IndicatorChoice['kind'][] = ['sma', 'ema', 'bollinger'];
/** Share of the chart's height that a pane of its own takes, beside the 6 of the prices. */
const PANE_STRETCH = 1.6;

/** The colour tokens of indicators by their place in the list; the first is that of the prices, the last three of companions. */
export function indicatorToken(index: number): string {
  return `--series-${2 + (index % 4)}`;
}

/** Whether an indicator stands in a pane of its own. */
export function hasOwnPane({ kind }: IndicatorChoice): boolean {
  return !OVER_PRICES.includes(kind);
}

/** The indicators of one chart. */
export class IndicatorSeries {
  readonly #chart: IChartApi;
  readonly #timeOf: (at: number) => UTCTimestamp;
  readonly #series = new Map<string, LineApi[]>();
  #shown: readonly DrawnIndicator[] = [];

  constructor(chart: IChartApi, timeOf: (at: number) => UTCTimestamp) {
    this.#chart = chart;
    this.#timeOf = timeOf;
  }

  /** Draws these indicators and no others. */
  show(indicators: readonly DrawnIndicator[]): void {
    const layout = (list: readonly DrawnIndicator[]) =>
      list.map(({ choice }) => indicatorText(choice)).join();
    if (layout(indicators) !== layout(this.#shown)) this.#rebuild(indicators);
    this.#shown = indicators;
    for (const indicator of indicators) this.#draw(indicator);
  }

  /** Reads the colour tokens again, and the times of the axis. */
  refresh(): void {
    this.#rebuild(this.#shown);
    for (const indicator of this.#shown) this.#draw(indicator);
  }

  #rebuild(indicators: readonly DrawnIndicator[]): void {
    for (const series of [...this.#series.values()].flat()) this.#chart.removeSeries(series);
    this.#series.clear();
    let pane = 0;
    for (const [index, { choice }] of indicators.entries()) {
      const own = hasOwnPane(choice);
      if (own) pane++;
      const at = own ? pane : 0;
      this.#series.set(
        indicatorText(choice),
        INDICATOR_LINES[choice.kind].map((name, line) => this.#add(name, line, index, at)),
      );
      if (own) this.#layOut(at);
    }
    this.#chart.panes()[0]?.setStretchFactor(6);
  }

  #layOut(pane: number): void {
    this.#chart.panes()[pane]?.setStretchFactor(PANE_STRETCH);
    // The prices may be in percent, beside companions; what an indicator says never is.
    this.#chart.priceScale('right', pane).applyOptions({ mode: PriceScaleMode.Normal });
  }

  #add(name: string, line: number, index: number, pane: number): LineApi {
    const color = cssColour(indicatorToken(index), line === 0 ? 1 : 0.65);
    const quiet = { priceLineVisible: false, lastValueVisible: pane > 0 && line === 0 } as const;
    if (name === 'Histogram') {
      return this.#chart.addSeries(
        HistogramSeries,
        { ...quiet, color: cssColour('--text-faint', 0.5) },
        pane,
      );
    }
    const lineStyle = name === 'Signal' ? LineStyle.Dashed : LineStyle.Solid;
    return this.#chart.addSeries(LineSeries, { ...quiet, color, lineStyle, lineWidth: 1 }, pane);
  }

  #draw({ choice, lines, bars }: DrawnIndicator): void {
    const series = this.#series.get(indicatorText(choice)) ?? [];
    for (const [line, api] of series.entries()) {
      const values = lines[line];
      if (values === undefined) continue;
      api.setData(
        bars.flatMap(({ at }, index) => {
          const value = values[index] ?? NaN;
          return Number.isNaN(value) ? [] : [{ time: this.#timeOf(at), value: roundedFigure(value) }];
        }),
      );
    }
  }
}
