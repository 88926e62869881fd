import { expect, it } from 'vitest';
import { silentLog } from '../../lib/log.ts';
import { prepareDatabase } from '../prepare-database.ts';
import { invoiceColumns, makeInvoiceCheckpoint } from '../testing/invoices.ts';
import { readUpTo } from '../testing/read-up-to.ts';
import { makeFolder, openFixture } from '../testing/store-fixture.ts';
import { migrations } from './migrations.ts';

it('version 6 keeps what is stored, and begins the invoices before the first batch of it', () => {
  const { folder, remove } = makeFolder();
  const { db } = prepareDatabase(folder, { now: () => 0 }, silentLog, migrations.slice(0, 5));
  db.exec(`
    INSERT INTO environment (name) VALUES ('dev'), ('prod');
    INSERT INTO incarnation (env, source, name, created_at, opened_at, stored_seq, stored)
      VALUES (1, 'nats', 'S', 1, 1, 1, 1);
    INSERT INTO journal (id, kind, occurred_at, received_at, body) VALUES (1099511627777, 5, 10, 11, CAST('{}' AS BLOB));
    INSERT INTO batch VALUES (1, 3, 1, 1, 1, 1, 2, 11);
    INSERT INTO projection_checkpoint VALUES (1, 'portfolios', 3), (1, 'tickers', 3);
    INSERT INTO series (env, symbol, source, currency) VALUES (1, 'AAPL', 'nats', '');
    INSERT INTO candle (level, series, start, open, open_after, open_id, ticks) VALUES (2, 1, 60000, 10.5, 5, 7, 1);
    INSERT INTO watchlist VALUES (1, 0, 'w', 'Mine', '["AAPL"]');
  `);
  db.close();
  const store = openFixture(folder);
  expect(store.reader.tickerState('dev', 0)).toMatchObject({
    batch: 3,
    newest: [{ candles: [{ open: 10.5 }] }],
  });
  expect(store.reader.watchlists('dev')).toHaveLength(1);
  expect(store.reader.invoiceState('dev')).toEqual({
    batch: 0,
    generation: 1,
    run: null,
    lastRun: 0,
    reset: null,
    resetRows: 0,
    newest: 0,
    ignored: 0,
    totals: [],
  });
  expect(store.reader.replay('dev', 0, 10).map((stored) => stored.batch)).toEqual([3]);
  // Nothing ages out before the invoices have seen it.
  const all = { maxAgeMs: 0, maxBytes: 0 };
  expect(store.writer.retain(all, 1e12, 100)).toBe(0);
  const arrived = [invoiceColumns([{ number: 'A-1' }])];
  expect(store.writer.invoiceCheckpoint(makeInvoiceCheckpoint('dev', 3, { arrived })).newest).toBe(1);
  readUpTo(store, 'dev', 3);
  expect(store.writer.retain(all, 1e12, 100)).toBe(1);
  store.close();
  remove();
});
