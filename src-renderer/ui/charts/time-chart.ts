import {
  AreaSeries,
  createChart,
  LineSeries,
  type AutoscaleInfo,
  type IChartApi,
  type ISeriesApi,
  type UTCTimestamp,
} from 'lightweight-charts';
import { ChartClock } from './chart-clock.ts';
import { chartColours, lineColours } from './chart-colours.ts';
import { continues, withGaps, type ChartItem, type SeriesPoint, type Spacing } from './gaps.ts';
import { timeChartOptions } from './time-chart-options.ts';

/** A line of a chart. */
export interface ChartLine {
  id: string;
  title: string;
  /** `area` is filled down to the axis. */
  look: 'area' | 'line';
  /** Name of the colour token: `--series-1`. */
  token: string;
  /** Ascending in time; the same objects again where nothing changed. */
  points: readonly SeriesPoint[];
  visible: boolean;
  /** The axis begins at 0, as for counts. */
  fromZero?: boolean;
  /** The smallest difference of two values that the axis tells apart; 1 unless told. */
  finest?: number;
}

/** What a {@link TimeChart} needs from its surroundings. */
export interface TimeChartOptions {
  spacing: Spacing;
  /** Writes a value of the axis. */
  format(value: number): string;
  zone: string | undefined;
  /** The moment under the crosshair, or null when it leaves. */
  onCrosshair(at: number | null): void;
}

type Series = ISeriesApi<'Area'> | ISeriesApi<'Line'>;
interface DrawnLine {
  series: Series;
  points: readonly SeriesPoint[];
  /** Places on the axis, blanks included. */
  length: number;
}

/** The view is at least this many points wide when it is framed. */
const LEAST_BARS = 30;
const CLEAR = 'transparent';
const BREAK = { lineColor: CLEAR, topColor: CLEAR, bottomColor: CLEAR, color: CLEAR };

/** The range of what is in view, down to 0. */
function withZero(range: () => AutoscaleInfo | null): AutoscaleInfo | null {
  const info = range();
  if (info?.priceRange == null) return info;
  const { minValue, maxValue } = info.priceRange;
  return { ...info, priceRange: { minValue: Math.min(0, minValue), maxValue: Math.max(1, maxValue) } };
}

/** Draws lines over time on a canvas, and keeps the view still while the user moves it. */
export class TimeChart {
  readonly #chart: IChartApi;
  readonly #options: TimeChartOptions;
  readonly #drawn = new Map<string, DrawnLine>();
  readonly #clock: ChartClock;
  #waiting: readonly ChartLine[] | null = null;
  #dragging = false;
  #lines: readonly ChartLine[] = [];
  #span: number | null = null;

  constructor(element: HTMLElement, options: TimeChartOptions) {
    this.#options = options;
    this.#clock = new ChartClock(options.zone);
    this.#chart = createChart(
      element,
      timeChartOptions(this.#clock, {
        format: (value) => options.format(value),
        rightOffset: 2,
        seconds: true,
        margins: { top: 0.12, bottom: 0.08 },
        stretchesPrices: false,
      }),
    );
    this.#chart.subscribeCrosshairMove(({ time }) => {
      options.onCrosshair(typeof time === 'number' ? this.#clock.momentOf(time) : null);
    });
  }

  /** Shows lines; while the user drags they wait until the pointer is let go. */
  show(lines: readonly ChartLine[]): void {
    if (this.#dragging) {
      this.#waiting = lines;
      return;
    }
    const first = this.#lines.every((line) => line.points.length === 0);
    this.#lines = lines;
    for (const line of lines) this.#showLine(line);
    if (first) this.#frame();
  }

  /** Shows the last `span` milliseconds, or everything for null. */
  setSpan(span: number | null): void {
    this.#span = span;
    this.#frame();
  }

  /** Tells that the user began or ended to move the view. */
  drag(dragging: boolean): void {
    this.#dragging = dragging;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (!dragging && waiting !== null) this.show(waiting);
  }

  /** Reads the colour tokens again. */
  recolour(): void {
    this.#chart.applyOptions(chartColours());
    for (const line of this.#lines) this.#drawn.get(line.id)?.series.applyOptions(lineColours(line));
  }

  /** Writes times in another zone. */
  setZone(zone: string | undefined): void {
    if (!this.#clock.setZone(zone)) return;
    for (const line of this.#lines) this.#setAll(line);
  }

  /** Moves the view by a part of its width: −0.2 is a fifth to the left. */
  pan(part: number): void {
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    if (range === null) return;
    const by = (range.to - range.from) * part;
    this.#chart.timeScale().setVisibleLogicalRange({ from: range.from + by, to: range.to + by });
  }

  /** Shows `factor` times as much time as now; the newest end stays. */
  zoom(factor: number): void {
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    if (range === null) return;
    this.#chart
      .timeScale()
      .setVisibleLogicalRange({ from: range.to - (range.to - range.from) * factor, to: range.to });
  }

  /** Puts the crosshair on a point of the first visible line, or takes it away. */
  point(point: SeriesPoint | null): void {
    const line = this.#lines.find((candidate) => candidate.visible);
    const drawn = line === undefined ? undefined : this.#drawn.get(line.id);
    if (point === null || drawn === undefined) this.#chart.clearCrosshairPosition();
    else this.#chart.setCrosshairPosition(point.value, this.#clock.timeOf(point.at), drawn.series);
    this.#options.onCrosshair(point?.at ?? null);
  }

  /** Takes the chart off the page. */
  dispose(): void {
    this.#chart.remove();
  }

  #frame(): void {
    const scale = this.#chart.timeScale();
    const bars = this.#span === null ? Infinity : this.#span / this.#options.spacing.step;
    const last = Math.max(1, ...Array.from(this.#drawn.values(), (drawn) => drawn.length)) - 1;
    // A young series begins at the right, instead of being stretched over the whole width.
    const from = Math.min(last - LEAST_BARS, Math.max(0, last - bars));
    scale.setVisibleLogicalRange({ from, to: last + 2 });
  }

  #showLine(line: ChartLine): void {
    const drawn = this.#drawn.get(line.id);
    if (drawn === undefined) {
      this.#drawn.set(line.id, { series: this.#addSeries(line), points: [], length: 0 });
      return this.#setAll(line);
    }
    if (drawn.series.options().visible !== line.visible) drawn.series.applyOptions({ visible: line.visible });
    if (drawn.points === line.points) return;
    if (continues(drawn.points, line.points, this.#options.spacing)) this.#append(drawn, line);
    else this.#setAll(line);
  }

  #addSeries(line: ChartLine): Series {
    const options = {
      ...lineColours(line),
      visible: line.visible,
      lineWidth: 2,
      priceLineVisible: false,
      priceFormat: { type: 'price', minMove: line.finest ?? 1 },
      ...(line.fromZero === true ? { autoscaleInfoProvider: withZero } : {}),
    } as const;
    if (line.look === 'area') return this.#chart.addSeries(AreaSeries, options);
    return this.#chart.addSeries(LineSeries, { ...options, lastValueVisible: false });
  }

  #setAll(line: ChartLine): void {
    const drawn = this.#drawn.get(line.id);
    const last = line.points.at(-1);
    if (drawn === undefined || last === undefined) return;
    this.#clock.aim(last.at);
    const items = withGaps(line.points, this.#options.spacing);
    drawn.series.setData(items.map((item) => this.#dataOf(item)));
    drawn.length = items.length;
    drawn.points = line.points;
  }

  /** Draws the last point again and those after it; what is drawn before stays. */
  #append(drawn: DrawnLine, line: ChartLine): void {
    const from = drawn.points.length - 1;
    for (const point of line.points.slice(from)) {
      drawn.series.update(this.#dataOf({ ...point, beforeGap: false }));
    }
    drawn.length += line.points.length - drawn.points.length;
    drawn.points = line.points;
  }

  #dataOf(item: ChartItem): { time: UTCTimestamp; value?: number } {
    const time = this.#clock.timeOf(item.at);
    if (item.value === null) return { time };
    return item.beforeGap ? { time, value: item.value, ...BREAK } : { time, value: item.value };
  }
}
