import { beforeEach, describe, expect, it } from 'vitest';
import { INTERVAL_MS } from '../../src-contract/ticker.ts';
import type { CandleLevelName } from '../../src-contract/ticker-checkpoint.ts';
import { LEVEL_NAMES } from './candle-writes.ts';
import { openForReading } from './database.ts';
import type { CandleLimits } from './port.ts';
import { databaseFile } from './prepare-database.ts';
import { makeTickerCheckpoint, type TestCandle } from './testing/candles.ts';
import { openFixture, type StoreFixture } from './testing/store-fixture.ts';
import { testStore } from './testing/test-store.ts';

const NOW = 1_000 * 86_400_000;

let store: StoreFixture;

beforeEach(() => {
  store = testStore();
});

/** Candles of a series, the last of which begins now. */
function fill(level: CandleLevelName, symbol: string, count: number, rest: Partial<TestCandle> = {}): void {
  const rows = Array.from({ length: count }, (_, index) => ({
    series: { symbol },
    level,
    start: NOW - (count - 1 - index) * INTERVAL_MS[level],
    ...rest,
  }));
  store.writer.tickerCheckpoint(makeTickerCheckpoint('dev', 1, rows));
}

function retainAll(limits: readonly CandleLimits[], maxRows = 100): number {
  let rows = 0;
  for (let gone = 1; gone > 0; rows += gone) gone = store.writer.retainCandles(limits, NOW, maxRows);
  return rows;
}

const starts = (level: CandleLevelName, symbol: string): number[] =>
  store.reader
    .candles({
      ...{ env: 'dev', symbol, level, from: 0, to: 1e15 },
      ...{ limit: 100_000, sources: ['nats'], currency: 'USD', base: 'USD' },
    })
    .items.map(({ start }) => (NOW - start) / INTERVAL_MS[level]);

const noBytes = { maxAgeMs: 1e15, maxBytes: 0 };

describe('Writer.retainCandles', () => {
  it('deletes by whole hours the minutes that begin before their limit, and so for every level', () => {
    fill('1m', 'AAPL', 300);
    fill('1m', 'MSFT', 140);
    fill('1s', 'AAPL', 300);
    const limit = { level: '1m' as const, maxBytes: 1e12 };
    expect(retainAll([{ ...limit, maxAgeMs: 120 * 60_000 }])).toBe(179 + 19);
    expect(starts('1m', 'AAPL')).toEqual(Array.from({ length: 121 }, (_, index) => 120 - index));
    expect(starts('1m', 'MSFT')).toHaveLength(121);
    expect(retainAll([{ ...limit, maxAgeMs: 61 * 60_000 }])).toBe(0);
    expect(retainAll([{ ...limit, maxAgeMs: 60 * 60_000 }])).toBe(2 * 60);
    expect(starts('1s', 'AAPL')).toHaveLength(300);
    expect(store.reader.figures().candleRows).toEqual({ '1s': 300, '1m': 122, '1h': 0, '1d': 0 });
  });

  it('deletes the oldest of all series while a level takes more bytes than its limit', () => {
    fill('1s', 'AAPL', 1_000);
    fill('1s', 'MSFT', 300);
    retainAll([{ level: '1s', maxAgeMs: 1e15, maxBytes: 36_000 }]);
    expect(store.reader.figures().candleRows['1s']).toBe(600);
    const [aapl, msft] = [starts('1s', 'AAPL'), starts('1s', 'MSFT')];
    expect(aapl).toHaveLength(300);
    expect(msft).toHaveLength(300);
    fill('1m', 'AAPL', 5);
    expect(retainAll([{ level: '1s', ...noBytes }])).toBe(600);
    expect(starts('1m', 'AAPL')).toHaveLength(5);
  });

  it('leaves the newest candle of each series in the levels of hours and days', () => {
    for (const level of ['1h', '1d'] as const) {
      fill(level, 'AAPL', 50);
      fill(level, 'MSFT', 1);
    }
    expect(retainAll([{ level: '1h', ...noBytes }])).toBe(49);
    expect(retainAll([{ level: '1d', maxAgeMs: -100 * 86_400_000, maxBytes: 1e12 }])).toBe(49);
    for (const level of ['1h', '1d'] as const) {
      expect(starts(level, 'AAPL')).toEqual([0]);
      expect(starts(level, 'MSFT')).toEqual([0]);
    }
  });

  it('takes at most as many rows as it may in one slice', () => {
    fill('1s', 'AAPL', 500);
    expect(store.writer.retainCandles([{ level: '1s', ...noBytes }], NOW, 120)).toBe(120);
    expect(starts('1s', 'AAPL')).toEqual(Array.from({ length: 380 }, (_, index) => 379 - index));
  });

  it('ends a slice after 20 ms', () => {
    fill('1s', 'AAPL', 3_000);
    store.close();
    let time = 0;
    store = openFixture(store.folder, { monotonic: () => (time += 6) });
    const gone = store.writer.retainCandles([{ level: '1s', ...noBytes }], NOW, 1e6);
    expect(gone).toBeGreaterThan(0);
    expect(gone).toBeLessThan(3_000);
    store.close();
  });

  it('goes through more series than fit into one slice', () => {
    const rows = Array.from({ length: 1_200 }, (_, index) => ({
      series: { symbol: `S${index}` },
      level: '1s' as const,
      start: index * 1_000,
    }));
    store.writer.tickerCheckpoint(makeTickerCheckpoint('dev', 1, rows));
    store.close();
    let time = 0;
    store = openFixture(store.folder, { monotonic: () => (time += 15) });
    const byAge = { level: '1s' as const, maxAgeMs: NOW - 60_000, maxBytes: 1e12 };
    expect(retainAll([byAge], 1e6)).toBeGreaterThan(60);
    expect(store.reader.figures().candleRows['1s']).toBe(1_140);
    retainAll([{ level: '1s', maxAgeMs: 1e15, maxBytes: 60_000 }], 1e6);
    expect(store.reader.figures().candleRows['1s']).toBe(1_000);
    expect(starts('1s', 'S199')).toHaveLength(0);
    expect(starts('1s', 'S240')).toHaveLength(1);
    const all = LEVEL_NAMES.map((level) => ({ level, maxAgeMs: 1e15, maxBytes: 1e12 }));
    let slices = 1;
    while (store.writer.retainCandles(all, NOW, 1e6) > 0) slices += 1;
    expect(slices).toBeGreaterThan(2);
    expect(slices).toBeLessThan(30);
    store.close();
  });

  it.each([
    ['of one price', 1],
    ['of several prices', 9],
  ])('reckons with about as many bytes as candles %s take in the file', (_, ticks) => {
    for (let part = 0; part < 20; part += 1) {
      const rows = Array.from({ length: 1_000 }, (_row, index) => {
        const start = NOW + (part * 500 + (index % 500)) * 1_000;
        const open = 150.25 + index / 7;
        return {
          ...{ series: { symbol: index < 500 ? 'AAPL' : 'MSFT' }, level: '1s' as const, ticks, start, open },
          ...{
            high: open + 0.3,
            low: open - 0.3,
            close: open + 0.1,
            openAt: start + 700,
            openId: 2 ** 41 + index,
          },
        };
      });
      store.writer.tickerCheckpoint(makeTickerCheckpoint('dev', 1, rows));
    }
    const db = openForReading(databaseFile(store.folder));
    const real = db.prepare("SELECT sum(pgsize) FROM dbstat WHERE name = 'candle'").pluck().get() as number;
    db.close();
    const rows = store.reader.figures().candleRows['1s'];
    expect(rows).toBe(20_000);
    expect(real / (rows * 60)).toBeGreaterThan(0.7);
    expect(real / (rows * 60)).toBeLessThan(1.4);
  });
});
