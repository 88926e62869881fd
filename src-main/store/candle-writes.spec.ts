import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { openForReading } from './database.ts';
import { databaseFile } from './prepare-database.ts';
import { makeTickerCheckpoint, type TestCandle } from './testing/candles.ts';
import { foldTicks, type Tick } from './testing/fold-ticks.ts';
import type { StoreFixture } from './testing/store-fixture.ts';
import { testStore } from './testing/test-store.ts';

let store: StoreFixture;

beforeEach(() => {
  store = testStore();
});

function query(sql: string, ...values: unknown[]): unknown[] {
  const db = openForReading(databaseFile(store.folder));
  try {
    return db.prepare(sql).all(...values);
  } finally {
    db.close();
  }
}

/** Everything that is stored of an environment's candles. */
const rowsOf = (env: string): unknown[] =>
  query(
    `SELECT symbol, source, currency, level, start, open, open_after, open_id, ticks, coalesce(high, open) AS high,
        coalesce(low, open) AS low, coalesce(close, open) AS close, coalesce(close_after, open_after) AS close_after,
        coalesce(close_id, open_id) AS close_id
      FROM environment e JOIN series s ON s.env = e.id JOIN candle c ON c.series = s.id
      WHERE e.name = ? ORDER BY symbol, source, currency, level, start`,
    env,
  );

const write = (env: string, batch: number, rows: readonly TestCandle[]): void =>
  store.writer.tickerCheckpoint(makeTickerCheckpoint(env, batch, rows));

const tick = fc.record({
  at: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 200_000_000 })),
  price: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0.01, max: 1e6, noNaN: true })),
  series: fc.record({
    symbol: fc.constantFrom('AAPL', 'BMW@XETRA'),
    source: fc.constantFrom('nats', 'stocks'),
    currency: fc.constantFrom(null, 'EUR'),
  }),
  place: fc.nat(),
});

describe('Writer.tickerCheckpoint', () => {
  it('gives the same candles for any order of the ticks and any split into checkpoints', () => {
    const history = fc.record({
      ticks: fc.array(tick, { minLength: 1, maxLength: 120 }),
      cuts: fc.array(fc.nat(120), { maxLength: 6 }),
    });
    let run = 0;
    fc.assert(
      fc.property(history, ({ ticks, cuts }) => {
        run += 1;
        const inOrder: (Tick & { place: number })[] = ticks.map((one, index) => ({ ...one, id: index + 1 }));
        write(`whole-${run}`, 1, foldTicks(inOrder));
        const shuffled = inOrder.toSorted((a, b) => a.place - b.place);
        let from = 0;
        for (const end of [...cuts.toSorted((a, b) => a - b), shuffled.length]) {
          write(`parts-${run}`, 1, foldTicks(shuffled.slice(from, end)));
          from = Math.max(from, end);
        }
        expect(rowsOf(`whole-${run}`).length).toBeGreaterThanOrEqual(4);
        expect(rowsOf(`parts-${run}`)).toEqual(rowsOf(`whole-${run}`));
      }),
      { numRuns: 60 },
    );
    const counted = store.reader.figures().candleRows;
    const real = query('SELECT level, count(*) AS rows FROM candle GROUP BY level ORDER BY level');
    expect(Object.values(counted).map((rows, index) => ({ level: index + 1, rows }))).toEqual(real);
  }, 30_000);

  it('keeps environments, sources and currencies of a symbol apart', () => {
    const open = (env: string, price: number, series: TestCandle['series']) =>
      write(env, 1, [{ start: 60_000, open: price, ...(series && { series }) }]);
    open('dev', 1, { source: 'nats' });
    open('dev', 2, { source: 'stocks' });
    open('dev', 3, { source: 'stocks', currency: 'EUR' });
    open('prod', 4, { source: 'nats' });
    expect(rowsOf('dev').map((row) => (row as { open: number }).open)).toEqual([1, 2, 3]);
    expect(rowsOf('prod')).toHaveLength(1);
  });

  it('stores how far it has read, without a candle too', () => {
    write('dev', 7, []);
    expect(store.reader.tickerState('dev', 0).batch).toBe(7);
    expect(store.reader.portfolioState('dev').batch).toBe(0);
  });

  it('refuses a checkpoint that lies before the stored one, and merges nothing of it', () => {
    write('dev', 8, []);
    expect(() => write('dev', 7, [{ start: 0 }])).toThrow(/batch 7 lies before .* batch 8/);
    expect(rowsOf('dev')).toEqual([]);
  });
});
