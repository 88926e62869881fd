import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, MAX_SYMBOLS, QuoteBook } from './quote-book.ts';

const DAY = Date.UTC(2026, 10, 21);
const NOON = DAY + 43_200_000;
const STALE_AFTER_MS = 37_500;

function price(value: number, at: number, source = 'nats', symbol = 'AAPL') {
  return { source, symbol, currency: null, price: value, changePercent: null, occurredAt: at };
}

describe('the quote book', () => {
  it('opens a day with its first price and keeps that opening while prices move', () => {
    const book = new QuoteBook(['nats']);
    expect(book.take(price(100, NOON))).toBe(true);
    expect(book.current('AAPL')).toEqual({
      ...price(100, NOON),
      day: DAY,
      dayOpen: 100,
      dayOpenAt: NOON,
    });
    book.take(price(110, NOON + 1000));
    expect(book.current('AAPL')).toMatchObject({ price: 110, dayOpen: 100, dayOpenAt: NOON });
  });

  it('opens anew with the first price after midnight UTC', () => {
    const book = new QuoteBook(['nats']);
    book.take(price(100, DAY + 86_399_999));
    book.take(price(90, DAY + 86_400_000));
    expect(book.current('AAPL')).toMatchObject({ day: DAY + 86_400_000, dayOpen: 90 });
  });

  it('lets a late price change the opening if it is the first of the day, and never the price', () => {
    const book = new QuoteBook(['nats']);
    book.take(price(100, NOON));
    expect(book.take(price(80, NOON - 5))).toBe(true);
    expect(book.take(price(70, NOON - 4))).toBe(false);
    expect(book.take(price(60, DAY - 1))).toBe(false);
    expect(book.current('AAPL')).toMatchObject({
      price: 100,
      occurredAt: NOON,
      dayOpen: 80,
      dayOpenAt: NOON - 5,
    });
  });

  it('takes the later of two prices of the same moment', () => {
    const book = new QuoteBook(['nats']);
    book.take(price(100, NOON));
    book.take(price(101, NOON));
    expect(book.current('AAPL')).toMatchObject({ price: 101, dayOpen: 100 });
  });

  it('uses the preferred source for as long as it is not stale beside the newest', () => {
    const book = new QuoteBook(['nats', 'demo']);
    book.take(price(1, NOON, 'nats'));
    book.take(price(2, NOON + STALE_AFTER_MS, 'demo'));
    expect(book.current('AAPL')).toMatchObject({ source: 'nats', price: 1 });
    book.take(price(3, NOON + STALE_AFTER_MS + 1, 'demo'));
    expect(book.current('AAPL')).toMatchObject({ source: 'demo', price: 3 });
    book.take(price(4, NOON + STALE_AFTER_MS + 2, 'nats'));
    expect(book.current('AAPL')).toMatchObject({ source: 'nats', price: 4 });
  });

  it('takes for stale what its source would have renewed by then, however long the interval of that source', () => {
    const book = new QuoteBook(['stocks', 'demo'], [], (source) => (source === 'stocks' ? 300_000 : 10));
    book.take(price(1, NOON, 'stocks'));
    book.take(price(2, NOON + 300_000, 'demo'));
    expect(book.current('AAPL')?.source).toBe('stocks');
    book.take(price(3, NOON + 300_001, 'demo'));
    expect(book.current('AAPL')?.source).toBe('demo');
    book.prefer(['demo', 'stocks']);
    book.take(price(4, NOON + 300_012, 'stocks'));
    expect(book.current('AAPL')?.source).toBe('stocks');
  });

  it('puts sources nobody ranked behind the others, the newest of them first', () => {
    const book = new QuoteBook(['nats']);
    book.take(price(1, NOON, 'other'));
    book.take(price(2, NOON + 1, 'another'));
    expect(book.current('AAPL')?.source).toBe('another');
    book.take(price(3, NOON - 10, 'nats'));
    expect(book.current('AAPL')?.source).toBe('nats');
  });

  it('answers after a reload as before, whatever the order of loading', () => {
    const quote = fc.record({
      source: fc.constantFrom('nats', 'demo', 'poll', 'http'),
      value: fc.integer({ min: 1, max: 100 }),
      at: fc.integer({ min: NOON, max: NOON + 3 * STALE_AFTER_MS }),
    });
    fc.assert(
      fc.property(fc.array(quote, { minLength: 1, maxLength: 12 }), (quotes) => {
        const book = new QuoteBook(['nats', 'demo']);
        for (const { source, value, at } of quotes) book.take(price(value, at, source));
        const changed = book.takeChanged();
        for (const stored of [changed, changed.toReversed()]) {
          const reloaded = new QuoteBook(['nats', 'demo']);
          for (const record of stored) reloaded.load(record);
          expect(reloaded.current('AAPL')).toEqual(book.current('AAPL'));
        }
      }),
    );
  });

  it('opens the day anew with a price in another currency, and takes no late opening from one', () => {
    const book = new QuoteBook(['nats']);
    const euros = (value: number, at: number) => ({ ...price(value, at), currency: 'EUR' });
    book.take(price(100, NOON));
    expect(book.take(euros(90, NOON + 1))).toBe(true);
    expect(book.take(price(101, NOON - 1))).toBe(false);
    expect(book.current('AAPL')).toMatchObject({
      currency: 'EUR',
      price: 90,
      dayOpen: 90,
      dayOpenAt: NOON + 1,
    });
  });

  it('prefers none of the sources that belong together: the newest counts, at the best place of them', () => {
    const book = new QuoteBook(['nats', 'demo', 'stocks'], ['nats', 'stocks']);
    book.take(price(1, NOON, 'nats'));
    book.take(price(2, NOON + 2, 'demo'));
    book.take(price(3, NOON + 1, 'stocks'));
    expect(book.current('AAPL')?.source).toBe('stocks');
    expect(book.all('AAPL').map(({ source }) => source)).toEqual(['stocks', 'nats', 'demo']);
    book.take(price(4, NOON + 2, 'nats'));
    expect(book.current('AAPL')?.source).toBe('nats');
    book.prefer(['nats', 'demo', 'stocks']);
    expect(book.all('AAPL').map(({ source }) => source)).toEqual(['nats', 'demo', 'stocks']);
  });

  it('follows another order of the sources at once, and lists what each says by it', () => {
    const book = new QuoteBook(['nats', 'stocks']);
    book.take(price(2, NOON, 'stocks'));
    book.take(price(1, NOON, 'nats'));
    const sources = () => book.all('AAPL').map(({ source }) => source);
    expect([book.current('AAPL')?.source, sources()]).toEqual(['nats', ['nats', 'stocks']]);
    book.prefer(['stocks', 'nats']);
    expect([book.current('AAPL')?.source, sources()]).toEqual(['stocks', ['stocks', 'nats']]);
    expect(book.preference).toEqual(['stocks', 'nats']);
    expect(book.ofSource('AAPL', 'nats')).toMatchObject({ price: 1 });
    expect([book.ofSource('AAPL', 'demo'), book.all('MSFT'), [...book.symbols()]]).toEqual([
      null,
      [],
      ['AAPL'],
    ]);
  });

  it('uses, where a currency is asked for, only prices in it and those that name none', () => {
    const book = new QuoteBook(['nats', 'stocks', 'demo']);
    book.take({ ...price(1, NOON, 'nats'), currency: 'EUR' });
    expect([book.current('AAPL')?.price, book.current('AAPL', 'USD')]).toEqual([1, null]);
    book.take({ ...price(2, NOON, 'stocks'), currency: 'USD' });
    book.take(price(3, NOON, 'demo'));
    expect(book.current('AAPL', 'USD')?.price).toBe(2);
    expect(book.current('AAPL', 'EUR')?.price).toBe(1);
    expect(book.current('AAPL', 'CHF')?.price).toBe(3);
  });

  it('knows no quote of a symbol it never saw', () => {
    expect(new QuoteBook([]).current('AAPL')).toBeNull();
  });

  it('hands out what changed, each quote once, and nothing that did not', () => {
    const book = new QuoteBook(['nats']);
    book.load({ ...price(1, NOON, 'nats', 'MSFT'), day: DAY, dayOpen: 1, dayOpenAt: NOON });
    for (const [value, at] of [
      [1, NOON],
      [2, NOON + 1],
      [9, NOON - 1],
    ] as const) {
      book.take(price(value, at));
      book.take(price(value, at, 'demo'));
      book.current('AAPL');
    }
    const said = book.takeChanged().map((quote) => [quote.source, quote.price, quote.dayOpen]);
    expect(said).toEqual([
      ['nats', 2, 9],
      ['demo', 2, 9],
    ]);
    expect(book.takeChanged()).toEqual([]);
    book.take(price(3, NOON, 'nats', 'MSFT'));
    expect(book.takeChanged()).toMatchObject([{ symbol: 'MSFT', price: 3, dayOpen: 1 }]);
  });

  it.each([
    ['in use', (book: QuoteBook) => book.current('AAPL')],
    ['of its source', (book: QuoteBook) => book.ofSource('AAPL', 'nats')],
    ['among all', (book: QuoteBook) => book.all('AAPL')[0]],
    ['that changed', (book: QuoteBook) => book.takeChanged()[0]],
  ])('leaves a quote %s as it was handed out while prices go on', (_way, read) => {
    const book = new QuoteBook(['nats']);
    book.take(price(1, NOON));
    book.take(price(2, NOON));
    const handedOut = read(book);
    book.take(price(3, NOON + 1));
    book.take(price(4, NOON - 1));
    expect(handedOut).toMatchObject({ price: 2, occurredAt: NOON, dayOpen: 1, dayOpenAt: NOON });
    expect(read(book)).toMatchObject({ price: 3, dayOpen: 4 });
  });

  it('refuses further symbols when it is full, counts them, and goes on with those it has', () => {
    const book = new QuoteBook([]);
    for (let index = 0; index < MAX_SYMBOLS; index++) book.take(price(1, NOON, 'nats', `S${index}`));
    expect(book.take(price(1, NOON, 'nats', 'ONE-TOO-MANY'))).toBe(false);
    expect(book.refused).toBe(1);
    expect(book.take(price(2, NOON + 1, 'nats', 'S0'))).toBe(true);
    expect(book.current('ONE-TOO-MANY')).toBeNull();
  });
});

describe('dayOf', () => {
  it('is the start of the UTC day', () => {
    expect([DAY, NOON, DAY + 86_399_999].map(dayOf)).toEqual([DAY, DAY, DAY]);
    expect(dayOf(DAY + 86_400_000)).toBe(DAY + 86_400_000);
  });
});
