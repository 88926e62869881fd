import {
  LineSeries,
  PriceScaleMode,
  type IChartApi,
  type ISeriesApi,
  type UTCTimestamp,
} from 'lightweight-charts';
import { cssColour } from '../../../ui/charts/css-colour.ts';
import type { Bar } from '../candles/bar.ts';

/** Another instrument beside the first. */
export interface ComparedLine {
  symbol: string;
  /** Name of its colour token. */
  token: string;
  bars: readonly Bar[];
}

/** The other instruments of a chart; with any, its scale is percent since the left edge of the view. */
export class ComparedSeries {
  readonly #chart: IChartApi;
  readonly #timeOf: (at: number) => UTCTimestamp;
  readonly #series = new Map<string, ISeriesApi<'Line'>>();
  #shown: readonly ComparedLine[] = [];

  constructor(chart: IChartApi, timeOf: (at: number) => UTCTimestamp) {
    this.#chart = chart;
    this.#timeOf = timeOf;
  }

  /** Draws these instruments and no others. */
  show(lines: readonly ComparedLine[]): void {
    const before = new Map(this.#shown.map((line) => [line.symbol, line.bars]));
    this.#shown = lines;
    for (const [symbol, series] of this.#series) {
      if (lines.some((line) => line.symbol === symbol)) continue;
      this.#chart.removeSeries(series);
      this.#series.delete(symbol);
    }
    const mode = lines.length === 0 ? PriceScaleMode.Normal : PriceScaleMode.Percentage;
    this.#chart.priceScale('right', 0).applyOptions({ mode });
    for (let pane = 1; pane < this.#chart.panes().length; pane++) {
      this.#chart.priceScale('right', pane).applyOptions({ mode: PriceScaleMode.Normal });
    }
    for (const line of lines) if (before.get(line.symbol) !== line.bars) this.#draw(line);
  }

  /** Reads the colour tokens again, and the times of the axis. */
  refresh(): void {
    for (const line of this.#shown) this.#draw(line);
  }

  #draw({ symbol, token, bars }: ComparedLine): void {
    const series =
      this.#series.get(symbol) ??
      this.#chart.addSeries(LineSeries, { lineWidth: 2, priceLineVisible: false, title: symbol });
    this.#series.set(symbol, series);
    series.applyOptions({ color: cssColour(token) });
    series.setData(bars.map(({ at, close }) => ({ time: this.#timeOf(at), value: close })));
  }
}
