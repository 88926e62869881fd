import { beforeEach, describe, expect, it } from 'vitest';
import type { CandleQuery } from './port.ts';
import { makeTickerCheckpoint, type TestCandle } from './testing/candles.ts';
import type { StoreFixture } from './testing/store-fixture.ts';
import { testStore } from './testing/test-store.ts';

const MINUTE = 60_000;

let store: StoreFixture;

beforeEach(() => {
  store = testStore();
});

const write = (rows: readonly TestCandle[]): void =>
  store.writer.tickerCheckpoint(makeTickerCheckpoint('dev', 1, rows));

/** One price in each of these minutes. */
const minutes = (series: TestCandle['series'], numbers: readonly number[], open = 10): TestCandle[] =>
  numbers.map((minute) => ({ start: minute * MINUTE, open, ...(series && { series }) }));

const read = (changes: Partial<CandleQuery> = {}) =>
  store.reader.candles({
    env: 'dev',
    symbol: 'AAPL',
    level: '1m',
    from: 0,
    to: 1e12,
    limit: 500,
    sources: ['nats', 'stocks', 'demo'],
    currency: 'USD',
    base: 'USD',
    ...changes,
  });

const shown = (changes: Partial<CandleQuery> = {}) => {
  const { items, earlier } = read(changes);
  return { items: items.map(({ start, source }) => `${start / MINUTE} ${source}`), earlier };
};

describe('Reader.candles', () => {
  it('gives a candle as it was stored', () => {
    const prices = { open: 10.5, high: 12, low: 9, close: 11, ticks: 7 };
    write([{ start: MINUTE, closeAt: MINUTE + 5, closeId: 9, ...prices }]);
    expect(read()).toEqual({
      items: [{ start: MINUTE, ...prices, source: 'nats', currency: null }],
      earlier: false,
    });
  });

  it('gives the newest of the period, oldest first, and says whether there are earlier ones', () => {
    write(minutes({}, [1, 2, 3, 4, 5, 6]));
    expect(shown({ limit: 2 })).toEqual({ items: ['5 nats', '6 nats'], earlier: true });
    expect(shown({ to: 5 * MINUTE, limit: 2 })).toEqual({ items: ['3 nats', '4 nats'], earlier: true });
    expect(shown({ to: 3 * MINUTE, limit: 2 })).toEqual({ items: ['1 nats', '2 nats'], earlier: false });
    expect(shown({ from: 3 * MINUTE, to: 5 * MINUTE })).toEqual({
      items: ['3 nats', '4 nats'],
      earlier: true,
    });
    expect(shown({ from: 7 * MINUTE, to: 9 * MINUTE })).toEqual({ items: [], earlier: true });
    expect(shown({ to: MINUTE })).toEqual({ items: [], earlier: false });
  });

  it('takes of every interval the first source that has it, and no other source', () => {
    write([
      ...minutes({ source: 'alien' }, [1, 2, 3, 4, 5]),
      ...minutes({ source: 'demo' }, [2, 3, 4, 5]),
      ...minutes({ source: 'stocks' }, [3, 5]),
      ...minutes({ source: 'nats' }, [4]),
    ]);
    expect(shown().items).toEqual(['2 demo', '3 stocks', '4 nats', '5 stocks']);
    expect(shown({ sources: ['demo'] }).items).toEqual(['2 demo', '3 demo', '4 demo', '5 demo']);
    expect(shown({ limit: 2 })).toEqual({ items: ['4 nats', '5 stocks'], earlier: true });
    expect(shown({ limit: 4 }).earlier).toBe(false);
    expect(shown({ sources: ['nobody'] })).toEqual({ items: [], earlier: false });
  });

  it('never mixes currencies, and takes prices that name none and those that name the base currency as of one', () => {
    write([
      ...minutes({ source: 'nats', currency: null }, [1, 2]),
      ...minutes({ source: 'nats', currency: 'USD' }, [3]),
      ...minutes({ source: 'stocks', currency: 'USD' }, [3, 4]),
      ...minutes({ source: 'demo', currency: 'EUR' }, [4, 5]),
    ]);
    expect(shown().items).toEqual(['1 nats', '2 nats', '3 nats', '4 stocks']);
    expect(shown({ currency: 'EUR' }).items).toEqual(['4 demo', '5 demo']);
    expect(shown({ currency: 'EUR', base: 'EUR' }).items).toEqual(['1 nats', '2 nats', '4 demo', '5 demo']);
    expect(read().items[0]?.currency).toBeNull();
  });

  it('keeps symbols and levels apart, and knows nothing of others', () => {
    write([...minutes({ symbol: 'AAPL' }, [1]), ...minutes({ symbol: 'MSFT' }, [2])]);
    expect(shown().items).toEqual(['1 nats']);
    expect(shown({ symbol: 'TSLA' })).toEqual({ items: [], earlier: false });
    expect(shown({ level: '1s' })).toEqual({ items: [], earlier: false });
    expect(shown({ env: 'prod' })).toEqual({ items: [], earlier: false });
  });
});

describe('Reader.tickerState', () => {
  const one = (start: number, close: number) => ({
    ...{ start, open: 10, high: 10, low: close, close, ticks: 2 },
    ...{ openAt: start + 1, openId: 1, closeAt: start + 9, closeId: 5 },
  });

  it('is empty where nothing is stored', () => {
    expect(store.reader.tickerState('dev', 0)).toEqual({ batch: 0, newest: [], sparks: [] });
  });

  it('has the newest two candles of every series and level, and the minutes of the newest two of 5 m', () => {
    const hours = [0, 1, 2].map((hour) => ({ ...one(hour * 60 * MINUTE, 7), level: '1h' as const }));
    const all = Array.from({ length: 12 }, (_, minute) => one(minute * MINUTE, 4 + minute / 4));
    write([...all, ...hours]);
    const series = { source: 'nats', symbol: 'AAPL', currency: null };
    expect(store.reader.tickerState('dev', 0)).toEqual({
      batch: 1,
      newest: [
        { series, level: '1m', candles: all.slice(2) },
        { series, level: '1h', candles: [one(60 * MINUTE, 7), one(120 * MINUTE, 7)] },
      ],
      sparks: [],
    });
  });

  it('has the last hour of minutes of the watched symbols, oldest first', () => {
    store.writer.saveWatchlists('dev', [{ id: 'main', name: 'Watchlist', symbols: ['AAPL'] }]);
    const numbers = Array.from({ length: 70 }, (_, index) => index + 1);
    write([...minutes({}, numbers), ...minutes({ symbol: 'MSFT' }, numbers)]);
    const { sparks } = store.reader.tickerState('dev', 5 * MINUTE);
    expect(sparks.map(({ series }) => series.symbol)).toEqual(['AAPL']);
    expect(sparks[0]?.points).toHaveLength(60);
    expect(sparks[0]?.points.at(-1)).toMatchObject({
      ...{ minute: 70 * MINUTE, close: 10 },
      ...{ closeAt: 70 * MINUTE, closeId: 1 },
    });
    expect(store.reader.tickerState('dev', 69 * MINUTE).sparks[0]?.points).toHaveLength(2);
  });
});
