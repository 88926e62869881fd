import type { ChartSeries } from '../../../src-contract/ticker.ts';
import { paramsText } from '../../router/publisher.ts';

/** Feeds whose keys are remembered: more than clients can have open with different parameters for long. */
const MAX_FEEDS = 4096;

interface Shown {
  keys: readonly string[];
  series: string;
}

/** Which candles of which series each candle feed has shown: when that changes, its readers have to be told. */
export class ShownCandles {
  readonly #feeds = new Map<string, Shown>();

  /**
   * The feed shows these now; answers these and those it showed before, and whether those were of another series. Of a feed
   * that has shown nothing yet they were.
   */
  show(
    params: object,
    keys: readonly string[],
    chart: ChartSeries | null,
  ): { keys: ReadonlySet<string>; isOtherSeries: boolean } {
    const series = JSON.stringify(chart);
    const before = this.#feeds.get(paramsText(params));
    this.#put(params, { keys, series });
    return { keys: new Set([...(before?.keys ?? []), ...keys]), isOtherSeries: before?.series !== series };
  }

  /** A further reader begins with these: what the others were shown before, they have still to be told of. */
  begin(params: object, keys: readonly string[], chart: ChartSeries | null): void {
    const before = this.#feeds.get(paramsText(params));
    const all = new Set([...(before?.keys ?? []), ...keys]);
    this.#put(params, { keys: [...all], series: before?.series ?? JSON.stringify(chart) });
  }

  #put(params: object, shown: Shown): void {
    const text = paramsText(params);
    this.#feeds.delete(text);
    this.#feeds.set(text, shown);
    const [oldest] = this.#feeds.keys();
    if (this.#feeds.size > MAX_FEEDS && oldest !== undefined) this.#feeds.delete(oldest);
  }
}
