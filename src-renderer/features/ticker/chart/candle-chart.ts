import {
  createChart,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  type LogicalRange,
} from 'lightweight-charts';
import { ChartClock } from '../../../ui/charts/chart-clock.ts';
import { chartColours } from '../../../ui/charts/chart-colours.ts';
import { cssColour } from '../../../ui/charts/css-colour.ts';
import { timeChartOptions } from '../../../ui/charts/time-chart-options.ts';
import type { Bar } from '../candles/bar.ts';
import { continuesFrom, placeBars, type Place } from '../candles/place-bars.ts';
import { barsChange } from './bars-change.ts';
import { ComparedSeries, type ComparedLine } from './compared-series.ts';
import { IndicatorSeries, type DrawnIndicator } from './indicator-series.ts';
import { revealing, shifted, type PlaceRange } from './place-range.ts';
import {
  addPriceSeries,
  priceColours,
  priceDatum,
  type ChartKind,
  type PriceSeries,
} from './price-series.ts';
import { SpanShading, type NewestBar } from './span-shading.ts';

/** A stretch of time in UTC milliseconds. */
export interface TimeSpan {
  from: number;
  to: number;
}

/** What a {@link CandleChart} needs from its surroundings. */
export interface CandleChartOptions {
  /** Length of a bar in milliseconds. */
  interval: number;
  zone: string | undefined;
  kind: ChartKind;
  format(price: number): string;
  /** The moment under the crosshair, or null when it leaves. */
  onCrosshair(at: number | null): void;
  /** The view has come near the oldest bar. */
  onNearBeginning(): void;
  /** Whether the newest bar is in view. */
  onFollowing(following: boolean): void;
}

/** Bars of the first picture, and how near the oldest one the view may come until older ones are asked for. */
const FIRST_VIEW = 120;
const NEAR = 60;
const RIGHT_MARGIN = 4;

/** Draws candles on a canvas. The view moves only by the user's hand, or with the newest bar while that is in view. */
export class CandleChart {
  readonly #chart: IChartApi;
  readonly #options: CandleChartOptions;
  readonly #clock: ChartClock;
  readonly #ticks: ISeriesApi<'Histogram'>;
  readonly #shading = new SpanShading(() => this.#newest());
  readonly #indicators: IndicatorSeries;
  readonly #compared: ComparedSeries;
  #kind: ChartKind;
  #prices: PriceSeries;
  #bars: readonly Bar[] = [];
  #placed = 0;
  #waiting: readonly Bar[] | null = null;
  #dragging = false;
  #spans: readonly TimeSpan[] = [];
  /** The bar that the crosshair was put on by key; null while the pointer leads it. */
  #pointed: Bar | null = null;

  constructor(element: HTMLElement, options: CandleChartOptions) {
    this.#options = options;
    this.#kind = options.kind;
    this.#clock = new ChartClock(options.zone);
    this.#chart = createChart(
      element,
      timeChartOptions(this.#clock, {
        format: (price) => options.format(price),
        rightOffset: RIGHT_MARGIN,
        seconds: options.interval < 60_000,
        margins: { top: 0.08, bottom: 0.2 },
        stretchesPrices: true,
      }),
    );
    this.#ticks = this.#chart.addSeries(HistogramSeries, {
      priceScaleId: 'ticks',
      priceFormat: { type: 'volume' },
      priceLineVisible: false,
      lastValueVisible: false,
      color: cssColour('--text-faint', 0.3),
    });
    this.#chart.priceScale('ticks').applyOptions({ scaleMargins: { top: 0.86, bottom: 0 } });
    this.#prices = this.#addPrices();
    const timeOf = (at: number) => this.#clock.timeOf(at);
    this.#indicators = new IndicatorSeries(this.#chart, timeOf);
    this.#compared = new ComparedSeries(this.#chart, timeOf);
    this.#chart.subscribeCrosshairMove(({ time, sourceEvent }) => {
      // Where bars move under it, the chart would put the crosshair on whichever comes to stand there.
      if (sourceEvent === undefined && this.#pointed !== null) return;
      this.#pointed = null;
      options.onCrosshair(typeof time === 'number' ? this.#clock.momentOf(time) : null);
    });
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange((range) => this.#moved(range));
  }

  /** Shows bars; while the user drags they wait until the pointer is let go. */
  show(bars: readonly Bar[]): void {
    if (this.#dragging) {
      this.#waiting = bars;
      return;
    }
    const before = this.#bars;
    const change = barsChange(before, bars);
    this.#bars = bars;
    if (change.kind === 'tail' && continuesFrom(bars, change.from, this.#options.interval))
      return this.#drawTail(change.from);
    if (change.kind === 'none') return;
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    const places = this.#placed;
    this.#drawAll();
    if (before.length === 0) this.frame();
    else if (change.kind === 'earlier') this.#setRange(shifted(range, this.#placed - places));
  }

  /** Draws prices in another way. */
  setKind(kind: ChartKind): void {
    if (kind === this.#kind) return;
    this.#kind = kind;
    this.#prices.detachPrimitive(this.#shading);
    this.#chart.removeSeries(this.#prices);
    this.#prices = this.#addPrices();
    this.#drawAll();
  }

  /** Draws these indicators and no others. */
  setIndicators(indicators: readonly DrawnIndicator[]): void {
    this.#indicators.show(indicators);
  }

  /** Shades the times in which the breaker was open. */
  setSpans(spans: readonly TimeSpan[]): void {
    this.#spans = spans;
    const shaded = spans.map(({ from, to }) => ({
      from: this.#clock.timeOf(from),
      to: this.#clock.timeOf(to),
    }));
    this.#shading.show(shaded, cssColour('--warn', 0.14));
  }

  /** Draws these other instruments beside, and no more; the scale is percent while there are any. */
  setCompared(lines: readonly ComparedLine[]): void {
    this.#compared.show(lines);
  }

  /** Tells that the user began or ended to move the view. */
  drag(dragging: boolean): void {
    this.#dragging = dragging;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (!dragging && waiting !== null) this.show(waiting);
  }

  /** Tells that somebody reads under the pointer: the view stands still, though bars come. */
  read(reading: boolean): void {
    this.#chart.timeScale().applyOptions({ shiftVisibleRangeOnNewBar: !reading });
  }

  /** Goes back to the newest bar. */
  toLive(): void {
    this.#chart.timeScale().scrollToPosition(RIGHT_MARGIN, false);
  }

  /** Shows the newest bars, as in the first picture; a young series begins at the right. */
  frame(): void {
    this.#setRange({ from: this.#placed - FIRST_VIEW, to: this.#placed + RIGHT_MARGIN });
  }

  /** Reads the colour tokens again. */
  recolour(): void {
    this.#chart.applyOptions(chartColours());
    this.#prices.applyOptions(priceColours(this.#kind));
    this.#ticks.applyOptions({ color: cssColour('--text-faint', 0.3) });
    this.#indicators.refresh();
    this.setSpans(this.#spans);
    this.#compared.refresh();
  }

  /** Writes times in another zone. */
  setZone(zone: string | undefined): void {
    if (!this.#clock.setZone(zone)) return;
    this.#drawAll();
    this.#indicators.refresh();
    this.setSpans(this.#spans);
    this.#compared.refresh();
  }

  /** Moves the view by a part of its width: −0.2 is a fifth to the left. */
  pan(part: number): void {
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    if (range !== null) this.#setRange(shifted(range, (range.to - range.from) * part));
  }

  /** Shows `factor` times as many bars as now; the newest end stays. */
  zoom(factor: number): void {
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    if (range !== null) this.#setRange({ from: range.to - (range.to - range.from) * factor, to: range.to });
  }

  /** Puts the crosshair on a bar, which the view is moved to where it is outside, or takes it away. */
  point(bar: Bar | null): void {
    this.#pointed = bar;
    if (bar === null) this.#chart.clearCrosshairPosition();
    else {
      const scale = this.#chart.timeScale();
      const place = scale.timeToIndex(this.#clock.timeOf(bar.at), true);
      this.#setRange(revealing(scale.getVisibleLogicalRange(), place));
      this.#aim();
    }
    this.#options.onCrosshair(bar?.at ?? null);
  }

  /** The chart as it is drawn now, on a transparent ground. */
  picture(): HTMLCanvasElement {
    return this.#chart.takeScreenshot(true, false);
  }

  /** Takes the chart off the page. */
  dispose(): void {
    this.#chart.remove();
  }

  /** Keeps the crosshair on the bar that a key put it on. */
  #aim(): void {
    if (this.#pointed === null) return;
    const { at, close } = this.#pointed;
    this.#chart.setCrosshairPosition(close, this.#clock.timeOf(at), this.#prices);
  }

  #newest(): NewestBar | null {
    const bar = this.#bars.at(-1);
    if (bar === undefined) return null;
    return { time: this.#clock.timeOf(bar.at), step: this.#options.interval / 1000 };
  }

  #addPrices(): PriceSeries {
    const series = addPriceSeries(this.#chart, this.#kind);
    series.attachPrimitive(this.#shading);
    return series;
  }

  #moved(range: LogicalRange | null): void {
    if (range === null || this.#bars.length === 0) return;
    this.#aim();
    this.#options.onFollowing(range.to >= this.#placed - 1);
    if (range.from < NEAR) this.#options.onNearBeginning();
  }

  #drawTail(from: number): void {
    for (const bar of this.#bars.slice(from)) {
      const time = this.#clock.timeOf(bar.at);
      this.#prices.update(priceDatum(this.#kind, bar, time, false));
      this.#ticks.update({ time, value: bar.ticks });
    }
    this.#placed += this.#bars.length - from - 1;
    // A view that stands still while bars come hears of no move, and leaves the newest behind all the same.
    this.#moved(this.#chart.timeScale().getVisibleLogicalRange());
  }

  #drawAll(): void {
    const last = this.#bars.at(-1);
    if (last !== undefined) this.#clock.aim(last.at);
    const places = placeBars(this.#bars, this.#options.interval);
    // Drawing moves the view, and that compares itself with what is placed.
    this.#placed = places.length;
    this.#prices.setData(
      places.map((place, index) =>
        priceDatum(this.#kind, place, this.#clock.timeOf(place.at), places[index + 1]?.open === null),
      ),
    );
    this.#ticks.setData(places.map((place) => this.#ticksAt(place)));
    this.#aim();
  }

  #ticksAt(place: Place) {
    const time = this.#clock.timeOf(place.at);
    return place.open === null ? { time } : { time, value: place.ticks };
  }

  #setRange(range: PlaceRange | null): void {
    if (range !== null) this.#chart.timeScale().setVisibleLogicalRange(range);
  }
}
