import { expect, it } from 'vitest';
import { journalId } from '../../../src-contract/journal.ts';
import { silentLog } from '../../lib/log.ts';
import { prepareDatabase } from '../prepare-database.ts';
import { slugKey } from '../slug-key.ts';
import { READ_UP_TO } from '../testing/read-up-to.ts';
import { makeCheckpoint, makeFolder, openFixture, standsInFiles } from '../testing/store-fixture.ts';
import { migrations } from './migrations.ts';

interface OldRow {
  id: number;
  occurredAt: number;
  body: Buffer | null;
}

/**
 * A database of the version before: a batch of 2,500 rows, half of one that has begun to age out, one of big bodies, and
 * portfolio events of which one was forgotten, in two streams. Answers the rows as that version read them.
 */
function fillVersion7(folder: string): OldRow[] {
  const { db } = prepareDatabase(folder, { now: () => 0 }, silentLog, migrations.slice(0, 7));
  const [first, second] = [journalId(1, 0), journalId(2, 0)];
  db.exec(`
    INSERT INTO environment (name) VALUES ('dev');
    INSERT INTO incarnation (env, source, name, created_at, opened_at, stored_seq, stored, aged)
      VALUES (1, 'nats', 'S', 1, 1, 2600, 2503, 3), (1, 'nats', 'T', 1, 1, 500, 402, 0);
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
      INSERT INTO journal (id, kind, occurred_at, received_at, body)
        SELECT ${first} + i, 4, 1000000 - i % 7, 1000000 + i, CAST('{"n":' || i || '}' AS BLOB) FROM n;
    DELETE FROM journal WHERE id < ${first} + 4;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3)
      INSERT INTO journal (id, kind, occurred_at, received_at, body)
        SELECT ${first} + 2550 + 2 * i, 4, 10, 11, CAST('"' || hex(zeroblob(100000)) || '"' AS BLOB) FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
      INSERT INTO portfolio_body (id, key, event, body)
        SELECT i, NULL, ${second} + i, CAST(
          iif(i % 3 = 0, '{"slug":"forget-me"', '{"slug":"keep-me"') || ',"pad":"' || hex(randomblob(i)) || '"}' AS BLOB) FROM n;
    INSERT INTO journal SELECT event, 1, id, 20 + id, 30 + id, NULL FROM portfolio_body;
    INSERT INTO journal (id, kind, occurred_at, received_at, body)
      VALUES (${second} + 450, 4, 20, 21, CAST('{}' AS BLOB)), (${second} + 451, 4, 20, 21, CAST('' AS BLOB));
    INSERT INTO batch VALUES (1, 1, 1, 1, 2540, 2497, 20000, 11), (1, 2, 2, 1, 460, 402, 4, 11),
      (1, 4, 1, 2541, 2600, 3, 600006, 11);
  `);
  db.prepare('UPDATE portfolio_body SET key = ? WHERE CAST(body AS TEXT) LIKE ?').run(
    slugKey('forget-me'),
    '%forget-me%',
  );
  db.exec('UPDATE portfolio_body SET body = NULL WHERE id = 7');
  const rows = db
    .prepare<[], OldRow>(
      `SELECT j.id, j.occurred_at AS occurredAt, coalesce(j.body, p.body) AS body
        FROM journal j LEFT JOIN portfolio_body p ON p.id = j.place ORDER BY j.id`,
    )
    .all();
  db.close();
  return rows;
}

it('version 8 keeps every row of the journal, in blocks that end with their batch', () => {
  const { folder, remove } = makeFolder();
  const old = fillVersion7(folder);
  const store = openFixture(folder);
  const batches = store.reader.replay('dev', 0, 1e6);
  expect(batches.map(({ batch, rows }) => [batch, rows.length])).toEqual([
    [1, 2497],
    [2, 402],
    [4, 3],
  ]);
  const rows = batches.flatMap((batch) => batch.rows).sort((a, b) => a.id - b.id);
  expect(rows.map(({ id, occurredAt, body }) => [id, occurredAt, body && Buffer.from(body)])).toEqual(
    old.map(({ id, occurredAt, body }) => [id, occurredAt, body]),
  );
  expect(store.reader.figures()).toMatchObject({ journalRows: 2902, oldestEventAt: 1_000_000 - 4 });
  for (const readUpTo of Object.values(READ_UP_TO)) readUpTo(store, 'dev', 4);
  while (store.writer.retain({ maxAgeMs: 0, maxBytes: 0 }, 1e12, 500) > 0);
  expect(store.reader.figures()).toMatchObject({ journalRows: 0, oldestEventAt: null });
  expect(store.reader.replay('dev', 0, 1e6)).toEqual([]);
  store.close();
  remove();
});

it('version 8 leaves no second copy of a body behind that somebody asks to be forgotten', () => {
  const { folder, remove } = makeFolder();
  fillVersion7(folder);
  const store = openFixture(folder);
  const forgets = [{ slug: 'forget-me', id: journalId(2, 500), receivedAt: 1_000 }];
  store.writer.checkpoint(makeCheckpoint('dev', 0, { forgets }));
  while (store.writer.redact(50) > 0);
  store.writer.settle();
  expect(standsInFiles(folder, 'forget-me').filter((name) => !name.includes('before'))).toEqual([]);
  expect(standsInFiles(folder, 'keep-me')).not.toEqual([]);
  const rows = store.reader.replay('dev', 0, 1e6).flatMap((batch) => batch.rows);
  expect(rows.filter(({ body }) => body === null)).toHaveLength(133 + 1);
  store.close();
  remove();
});
