import { expect, it } from 'vitest';
import { silentLog } from '../../lib/log.ts';
import { prepareDatabase } from '../prepare-database.ts';
import { ALL_REJECTS, makeBatch, makeReject } from '../testing/batches.ts';
import { READ_UP_TO } from '../testing/read-up-to.ts';
import { makeCheckpoint, makeFolder, openFixture, standsInFiles } from '../testing/store-fixture.ts';
import { migrations } from './migrations.ts';

const STREAM = { env: 'dev', source: 'nats', name: 'S', createdAt: 1 };

it('version 7 keeps what is stored, and begins analytics and activity before the first batch of it', () => {
  const { folder, remove } = makeFolder();
  const { db } = prepareDatabase(folder, { now: () => 0 }, silentLog, migrations.slice(0, 6));
  db.exec(`
    INSERT INTO environment (name) VALUES ('dev'), ('prod');
    INSERT INTO incarnation (env, source, name, created_at, opened_at, stored_seq, stored, repeated, rejected)
      VALUES (1, 'nats', 'S', 1, 1, 5, 2, 1, 3);
    INSERT INTO journal (id, kind, occurred_at, received_at, body) VALUES
      (1099511627777, 7, 10, 11, CAST('{"type":"a"}' AS BLOB)), (1099511627778, 6, 10, 11, CAST('{}' AS BLOB));
    INSERT INTO batch VALUES (1, 3, 1, 1, 5, 2, 14, 11);
    INSERT INTO reject (id, env, position, subject, received_at, reason, bytes, body) VALUES
      (7, 1, 1099511627779, 'activity.recorded', 11, 'no type', 14, CAST('{"user":"gone-' AS BLOB)),
      (9, 1, 1099511627781, 'activity.recorded', 11, 'no type', 2, CAST('{}' AS BLOB));
    UPDATE figure SET reject_rows = 2, reject_bytes = 16;
    UPDATE sqlite_sequence SET seq = 12 WHERE name = 'reject';
    INSERT INTO projection_checkpoint VALUES (1, 'portfolios', 3), (1, 'tickers', 3), (1, 'invoices', 3);
  `);
  db.close();
  const store = openFixture(folder);
  expect(store.reader.figures()).toMatchObject({ journalRows: 2 });
  expect(store.reader.ledgers('dev')).toMatchObject([{ stored: 2, repeated: 1, rejected: 3 }]);
  expect(store.reader.analyticsState('dev', 1e12)).toMatchObject({
    batch: 0,
    types: [],
    ever: [],
    first: null,
  });
  expect(store.reader.activityState('dev', 0)).toMatchObject({ batch: 0, total: 0, newestAt: null });
  expect(store.reader.rejects('dev', ALL_REJECTS, 10, null).items).toMatchObject([
    { id: 9, source: 'nats', attempts: 0, redriven_at: null, payload: '{}' },
    { id: 7, source: 'nats', attempts: 0, redriven_at: null, payload: '{"user":"gone-' },
  ]);
  // Nothing ages out before both have seen it.
  const all = { maxAgeMs: 0, maxBytes: 0 };
  READ_UP_TO.analytics(store, 'dev', 3);
  expect(store.writer.retain(all, 1e12, 100)).toBe(0);
  READ_UP_TO.activity(store, 'dev', 3);
  expect(store.writer.retain(all, 1e12, 100)).toBe(2);
  // What was rejected before can be redriven, a message can have several rejects, and no id comes twice.
  const redriven = store.writer.openStream({ ...STREAM, name: 'redriven' }, 1);
  const stream = store.writer.openStream(STREAM, 1);
  expect(store.writer.commit(makeBatch(redriven, [{ seq: 1 }], { redriven: [9] })).movedRejects).toBe(1);
  store.writer.commit(makeBatch(stream, [], { rejects: [makeReject(6, '{', 0), makeReject(6, '[', 1)] }));
  expect(store.reader.rejects('dev', ALL_REJECTS, 2, null).items.map(({ id }) => id)).toEqual([14, 13]);
  expect(store.reader.ledgers('dev')).toMatchObject([{ stored: 3, repeated: 1, rejected: 4 }]);
  store.close();
  remove();
});

it('version 7 leaves no second copy of a reject behind that somebody asks to be forgotten', () => {
  const { folder, remove } = makeFolder();
  const { db } = prepareDatabase(folder, { now: () => 0 }, silentLog, migrations.slice(0, 6));
  db.exec(`
    INSERT INTO environment (name) VALUES ('dev');
    INSERT INTO incarnation (env, source, name, created_at, opened_at) VALUES (1, 'nats', 'S', 1, 1);
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
      INSERT INTO reject (env, position, subject, received_at, reason, bytes, body)
        SELECT 1, 1099511627776 + i, 'portfolio.updated', 11, 'no holdings', 30,
          CAST(iif(i % 3 = 0, '{"slug":"forget-me"', '{"slug":"keep-me"') || hex(randomblob(i)) AS BLOB) FROM n;
  `);
  db.close();
  const store = openFixture(folder);
  const forgets = [{ slug: 'forget-me', id: 2 ** 40 + 500, receivedAt: 20 }];
  store.writer.checkpoint(makeCheckpoint('dev', 0, { forgets }));
  while (store.writer.redact(50) > 0);
  store.writer.settle();
  expect(standsInFiles(folder, 'forget-me').filter((name) => !name.includes('before'))).toEqual([]);
  expect(standsInFiles(folder, 'keep-me')).not.toEqual([]);
  store.close();
  remove();
});
