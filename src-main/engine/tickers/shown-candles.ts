import { paramsText } from '../../router/publisher.ts';

/** Feeds whose keys are remembered: more than clients can have open with different parameters for long. */
const MAX_FEEDS = 4096;

/** Which candles each candle feed has shown: when one leaves the newest two, its readers have to be told. */
export class ShownCandles {
  readonly #keys = new Map<string, readonly string[]>();

  /** The feed shows these now; answers these and those it showed before. */
  show(params: object, keys: readonly string[]): ReadonlySet<string> {
    const text = paramsText(params);
    const before = this.#keys.get(text) ?? [];
    this.#keys.delete(text);
    this.#keys.set(text, keys);
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > MAX_FEEDS && oldest !== undefined) this.#keys.delete(oldest);
    return new Set([...before, ...keys]);
  }
}
