import { normalizeSymbol } from '../../../src-contract/instrument.ts';
import { INTERVAL_MS } from '../../../src-contract/ticker.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import { startOf } from '../../projections/tickers/candle-fold.ts';
import { paramsText, type Publisher } from '../../router/publisher.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { barsOf, seriesOf } from './bars-of.ts';
import type { CandleRevisions } from './candle-revisions.ts';
import type { ShownCandles } from './shown-candles.ts';

/**
 * Which feeds a price touches, found once per frame: while prices come by the hundred thousand, all that is done for one is
 * to remember its symbol.
 */
export class PriceTouches {
  readonly #publisher: () => Publisher;
  readonly #active: () => EnvironmentRuntime | null;
  readonly #shown: ShownCandles;
  readonly #revisions: CandleRevisions;
  /** By symbol; time of its earliest price since the last frame. */
  readonly #symbols = new Map<string, number>();

  /** @param active null while the engine loads: the journal's prices come then, and nobody looks yet. */
  constructor(
    publisher: () => Publisher,
    active: () => EnvironmentRuntime | null,
    shown: ShownCandles,
    revisions: CandleRevisions,
  ) {
    this.#publisher = publisher;
    this.#active = active;
    this.#shown = shown;
    this.#revisions = revisions;
  }

  /** Prices of the symbol came, the earliest of this time in UTC milliseconds, or only their freshness changed. */
  changed(symbol: string, earliest = Infinity): void {
    this.#symbols.set(symbol, Math.min(earliest, this.#symbols.get(symbol) ?? Infinity));
    this.#publisher().wake();
  }

  /** Touches what shows the symbols that changed; before every frame. */
  flush(): void {
    if (this.#symbols.size === 0) return;
    const active = this.#active();
    if (active !== null) {
      this.#quotes(active);
      this.#tickers(active);
      this.#candles(active);
    }
    this.#symbols.clear();
  }

  #quotes(active: EnvironmentRuntime): void {
    const publisher = this.#publisher();
    if (!publisher.isRead('quotes')) return;
    for (const symbol of active.watchlists.watched) {
      if (this.#symbols.has(symbol)) publisher.touch('quotes', symbol);
    }
  }

  #tickers(active: EnvironmentRuntime): void {
    const publisher = this.#publisher();
    for (const params of publisher.openParams('ticker')) {
      const symbol = this.#changedSymbol(params.symbol);
      if (symbol === null) continue;
      const text = paramsText(params);
      publisher.touchHead('ticker', text);
      const { quotes } = active.projection;
      for (const { source } of quotes.all(symbol)) publisher.touch('ticker', source, text);
    }
  }

  #candles(active: EnvironmentRuntime): void {
    const publisher = this.#publisher();
    this.#revisions.keep(publisher.openParams('candles'));
    for (const params of publisher.openParams('candles')) {
      const symbol = this.#changedSymbol(params.symbol);
      if (symbol === null) continue;
      const bars = barsOf(active, symbol, params.interval);
      const keys = bars.map(({ candle }) => toTimestamp(candle.start));
      const text = paramsText(params);
      const shown = this.#shown.show(params, keys, seriesOf(active, symbol));
      for (const key of shown.keys) publisher.touch('candles', key, text);
      if (shown.isOtherSeries) publisher.touchHead('candles', text);
      const earliest = this.#symbols.get(symbol) ?? Infinity;
      // What is not among the newest candles reaches nobody as a row.
      if (earliest >= (bars[0]?.candle.start ?? -Infinity)) continue;
      this.#revisions.note(params, startOf(earliest, INTERVAL_MS[params.interval]));
      publisher.touchHead('candles', text);
    }
  }

  /** The symbol as it is stored, if it changed. */
  #changedSymbol(text: string): string | null {
    const symbol = normalizeSymbol(text);
    return symbol !== null && this.#symbols.has(symbol) ? symbol : null;
  }
}
