import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { Candle, Quote, SourceQuote, Suggestion, Ticker, TickerSpark } from '../../../src-contract/ticker.ts';
import { PLAIN_RULES } from '../quotes/freshness.ts';
import { QuoteBook } from '../quotes/quote-book.ts';
import { START, TickerFixture, type Said } from './testing/ticker-fixture.ts';
import {
  candleView,
  quoteView,
  sourceQuoteOf,
  sourceQuotes,
  sparkView,
  suggestions,
  tickerView,
  type QuoteContext,
} from './quote-views.ts';

const DAY = 86_400_000;

/** Both projections' parts as the engine fills them. */
class Market {
  readonly quotes = new QuoteBook(['nats', 'stocks']);
  readonly fixture = new TickerFixture(undefined, ['AAPL', 'MSFT']);

  say(symbol: string, price: number, more: Partial<Said> & { change?: number } = {}): void {
    const { at = START, source = 'nats', currency = null, change = null } = more;
    this.quotes.take({ symbol, price, source, currency, changePercent: change, occurredAt: at });
    this.fixture.say({ symbol, price, at, source, currency });
  }

  at(now = START): QuoteContext {
    return {
      quotes: this.quotes,
      charted: [],
      tickers: this.fixture.projection,
      isWatched: (symbol) => this.fixture.watched.has(symbol),
      rules: PLAIN_RULES,
      now,
      currency: 'USD',
    };
  }
}

describe('a quote', () => {
  it('says price, range and change of the day, source and age', () => {
    const market = new Market();
    market.say('AAPL', 100);
    market.say('AAPL', 90, { at: START + 1 });
    market.say('AAPL', 120, { at: START + 2 });
    market.say('AAPL', 110, { at: START + 3, change: 99 });
    const quote = quoteView('AAPL', market.at(START + 3));
    expect(Check(Quote, quote)).toBe(true);
    expect(quote).toMatchObject({
      ...{ symbol: 'AAPL', price: 110, currency: 'USD', watched: true },
      ...{ day_open: 100, day_high: 120, day_low: 90, source: 'nats', freshness: 'live' },
      as_of: '2026-11-21T09:30:00.003Z',
    });
    expect(quote.change_percent).toBeCloseTo(10, 10);
  });

  it('changes as its source says until the day has a second price, and when the day is over', () => {
    const market = new Market();
    market.say('X', 100, { change: -1.5 });
    expect(quoteView('X', market.at())).toMatchObject({
      change_percent: -1.5,
      day_open: 100,
      watched: false,
    });
    market.say('X', 110, { at: START + 1, change: -1 });
    expect(quoteView('X', market.at(START + DAY))).toMatchObject({
      ...{ price: 110, change_percent: -1, freshness: 'stale' },
      ...{ day_open: null, day_high: null, day_low: null },
    });
  });

  it('has the range of its own source and currency', () => {
    const market = new Market();
    market.say('AAPL', 100);
    market.say('AAPL', 500, { source: 'stocks' });
    market.say('AAPL', 80, { source: 'stocks', currency: 'EUR' });
    market.say('AAPL', 101, { at: START + 1 });
    expect(quoteView('AAPL', market.at(START + 1))).toMatchObject({
      source: 'nats',
      day_high: 101,
      day_low: 100,
    });
  });

  it('without a price is empty, in the base currency', () => {
    const quote = quoteView('MSFT', new Market().at());
    expect(Check(Quote, quote)).toBe(true);
    expect(quote).toMatchObject({
      price: null,
      currency: 'USD',
      freshness: 'none',
      source: null,
      watched: true,
    });
  });
});

describe('a ticker', () => {
  it('lists what every source says, the one in use first', () => {
    const market = new Market();
    market.say('AAPL', 100, { at: START - 60_000 });
    market.say('AAPL', 200, { source: 'stocks', currency: 'EUR' });
    const ticker = tickerView('AAPL', market.at());
    expect(Check(Ticker, ticker)).toBe(true);
    expect(ticker).toMatchObject({ price: 200, currency: 'EUR', source: 'stocks' });
    expect(
      ticker?.sources.map(({ source, price, currency, freshness }) => [source, price, currency, freshness]),
    ).toEqual([
      ['stocks', 200, 'EUR', 'live'],
      ['nats', 100, 'USD', 'stale'],
    ]);
    expect(sourceQuotes('AAPL', market.at())).toEqual(ticker?.sources);
    const polled = sourceQuoteOf('AAPL', 'stocks', market.at());
    expect(Check(SourceQuote, polled)).toBe(true);
    expect(polled).toEqual(ticker?.sources[0]);
  });

  it('is none without any price', () => {
    const context = new Market().at();
    expect([tickerView('AAPL', context), sourceQuotes('AAPL', context)]).toEqual([null, []]);
    expect(sourceQuoteOf('AAPL', 'nats', context)).toBeNull();
  });
});

describe('the last hour', () => {
  it('is in the currency of the quote in use; prices that name none are in the base currency', () => {
    const market = new Market();
    market.say('AAPL', 1);
    market.say('AAPL', 2, { at: START + 60_000, currency: 'USD' });
    market.say('AAPL', 3, { at: START + 120_000, currency: 'EUR', source: 'demo' });
    market.fixture.projection.takeCheckpoint();
    const spark = sparkView('AAPL', market.at());
    expect(Check(TickerSpark, spark)).toBe(true);
    expect(spark.points).toEqual([3]);
    market.say('AAPL', 4, { at: START + 120_000 });
    market.fixture.projection.takeCheckpoint();
    expect(sparkView('AAPL', market.at()).points).toEqual([1, 2, 4]);
  });

  it('never shows a minute of a source other than that of the quote', () => {
    const market = new Market();
    market.say('AAPL', 1, { source: 'demo' });
    market.say('AAPL', 2, { at: START + 60_000 });
    market.say('AAPL', 3, { at: START + 90_000, source: 'demo' });
    market.fixture.projection.takeCheckpoint();
    expect(sparkView('AAPL', market.at()).points).toEqual([2]);
  });
});

describe('a candle', () => {
  it('says when it began and whose prices it holds', () => {
    const market = new Market();
    market.say('AAPL', 100, { at: START + 5 });
    const [candle] =
      market.fixture.projection.live('AAPL', '1m', { source: 'nats', currency: null })?.candles ?? [];
    if (candle === undefined) throw new Error('there is a candle');
    const view = candleView(candle, 'nats');
    expect(Check(Candle, view)).toBe(true);
    expect(view).toEqual({
      ...{ time: '2026-11-21T09:30:00.000Z', open: 100, high: 100, low: 100, close: 100 },
      ...{ ticks: 1, source: 'nats' },
    });
  });
});

describe('suggestions', () => {
  it('begin with what was typed before they contain it, those that are not watched yet first', () => {
    const market = new Market();
    market.say('AAPL', 100);
    const found = suggestions(' a', ['TSLA', 'AAPL', 'AMZN', 'MSFT', 'NFLX'], market.at());
    expect(found.every((one) => Check(Suggestion, one))).toBe(true);
    expect(found).toEqual([
      { symbol: 'AMZN', watched: false, price: null, currency: 'USD' },
      { symbol: 'AAPL', watched: true, price: 100, currency: 'USD' },
      { symbol: 'TSLA', watched: false, price: null, currency: 'USD' },
    ]);
  });

  it('are at most ten', () => {
    const known = Array.from({ length: 20 }, (_, index) => `S${String(index).padStart(2, '0')}`);
    expect(suggestions('s', known, new Market().at()).map(({ symbol }) => symbol)).toEqual(
      known.slice(0, 10),
    );
    expect(suggestions('zz', known, new Market().at())).toEqual([]);
  });
});
