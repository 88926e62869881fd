import { expect, it } from 'vitest';
import { silentLog } from '../../lib/log.ts';
import { prepareDatabase } from '../prepare-database.ts';
import { makeFolder, openFixture } from '../testing/store-fixture.ts';
import { migrations } from './migrations.ts';

it('version 5 keeps quotes, and begins the tickers before the first batch of what is stored', () => {
  const { folder, remove } = makeFolder();
  const { db } = prepareDatabase(folder, { now: () => 0 }, silentLog, migrations.slice(0, 4));
  db.exec(`
    INSERT INTO environment (name) VALUES ('dev'), ('prod');
    INSERT INTO incarnation (env, source, name, created_at, opened_at, stored_seq, stored)
      VALUES (1, 'nats', 'S', 1, 1, 1, 1);
    INSERT INTO journal (id, kind, occurred_at, received_at, body) VALUES (1099511627777, 4, 10, 11, CAST('{}' AS BLOB));
    INSERT INTO batch VALUES (1, 3, 1, 1, 1, 1, 2, 11);
    INSERT INTO projection_checkpoint VALUES (1, 'portfolios', 3);
    INSERT INTO quote VALUES (1, 'nats', 'AAPL', 150.5, NULL, 10, 0, 149.5, 5);
    INSERT INTO audit (at, actor, action, target, result) VALUES (1, 'window', 'look', 'x', 'ok');
  `);
  db.close();
  const store = openFixture(folder);
  const { batch, quotes } = store.reader.portfolioState('dev');
  expect(batch).toBe(3);
  expect(quotes).toEqual([
    {
      source: 'nats',
      symbol: 'AAPL',
      currency: null,
      price: 150.5,
      changePercent: null,
      occurredAt: 10,
      day: 0,
      dayOpen: 149.5,
      dayOpenAt: 5,
    },
  ]);
  expect(store.reader.audit(10, null).items).toHaveLength(1);
  expect(store.reader.tickerState('dev', 0)).toEqual({ batch: 0, newest: [], sparks: [] });
  expect(store.reader.replay('dev', 0, 10).map((stored) => stored.batch)).toEqual([3]);
  // Nothing ages out before the tickers have seen it.
  expect(store.writer.retain({ maxAgeMs: 0, maxBytes: 0 }, 1e12, 100)).toBe(0);
  store.close();
  remove();
});
