import { normalizeSymbol } from '../../../src-contract/instrument.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import { paramsText, type Publisher } from '../../router/publisher.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import type { ShownCandles } from './shown-candles.ts';

/**
 * Which feeds a price touches, found once per frame: while prices come by the hundred thousand, all that is done for one is
 * to remember its symbol.
 */
export class PriceTouches {
  readonly #publisher: () => Publisher;
  readonly #active: () => EnvironmentRuntime;
  readonly #shown: ShownCandles;
  readonly #symbols = new Set<string>();

  constructor(publisher: () => Publisher, active: () => EnvironmentRuntime, shown: ShownCandles) {
    this.#publisher = publisher;
    this.#active = active;
    this.#shown = shown;
  }

  /** A price of the symbol came, or its freshness changed. */
  changed(symbol: string): void {
    this.#symbols.add(symbol);
    this.#publisher().wake();
  }

  /** Touches what shows the symbols that changed; before every frame. */
  flush(): void {
    if (this.#symbols.size === 0) return;
    this.#quotes();
    this.#tickers();
    this.#candles();
    this.#symbols.clear();
  }

  #quotes(): void {
    const publisher = this.#publisher();
    if (!publisher.isRead('quotes')) return;
    for (const symbol of this.#active().watchlists.watched) {
      if (this.#symbols.has(symbol)) publisher.touch('quotes', symbol);
    }
  }

  #tickers(): void {
    const publisher = this.#publisher();
    for (const params of publisher.openParams('ticker')) {
      const symbol = this.#changedSymbol(params.symbol);
      if (symbol === null) continue;
      const text = paramsText(params);
      publisher.touchHead('ticker', text);
      const { quotes } = this.#active().projection;
      for (const { source } of quotes.all(symbol)) publisher.touch('ticker', source, text);
    }
  }

  #candles(): void {
    const publisher = this.#publisher();
    const { projection, tickers } = this.#active();
    for (const params of publisher.openParams('candles')) {
      const symbol = this.#changedSymbol(params.symbol);
      if (symbol === null) continue;
      const live = tickers.live(symbol, params.interval, projection.quotes.current(symbol));
      const keys = (live?.candles ?? []).map(({ start }) => toTimestamp(start));
      const text = paramsText(params);
      for (const key of this.#shown.show(params, keys)) publisher.touch('candles', key, text);
      publisher.touchHead('candles', text);
    }
  }

  /** The symbol as it is stored, if it changed. */
  #changedSymbol(text: string): string | null {
    const symbol = normalizeSymbol(text);
    return symbol !== null && this.#symbols.has(symbol) ? symbol : null;
  }
}
