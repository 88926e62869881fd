import type { Migration } from './migration.ts';

/**
 * Environments, stream incarnations and the journal.
 *
 * The journal's id is incarnation × 2^40 + sequence, and it has no index. What somebody can ask to be forgotten, the
 * bodies of portfolio events, stands in `portfolio_body`, at the journal row's `place`: that table only ever grows at its
 * end, because SQLite leaves copies behind when it moves rows, and rows in the middle of the journal do move. Its `key`
 * is the hash of the slug.
 *
 * `batch` keeps the order of commits: a batch owns the ids between its first and last sequence, and ranges of one
 * incarnation never overlap; they rise with the batch number, unless the incarnation is marked as disordered. A commit
 * touches few pages beside those of its events, and so the counters of an incarnation stand beside its offset: `stored`
 * less `aged` are its rows.
 */
export const journalMigration: Migration = {
  version: 1,
  title: 'journal',
  up(db) {
    db.exec(`
      CREATE TABLE instance (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        id TEXT NOT NULL
      ) STRICT;

      CREATE TABLE environment (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE
      ) STRICT;

      CREATE TABLE incarnation (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        env INTEGER NOT NULL REFERENCES environment (id),
        source TEXT NOT NULL,
        name TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        opened_at INTEGER NOT NULL,
        active INTEGER NOT NULL DEFAULT 1,
        stored_seq INTEGER NOT NULL DEFAULT 0,
        stored INTEGER NOT NULL DEFAULT 0,
        aged_seq INTEGER NOT NULL DEFAULT 0,
        aged INTEGER NOT NULL DEFAULT 0,
        disordered INTEGER NOT NULL DEFAULT 0,
        UNIQUE (env, source, name, created_at)
      ) STRICT;

      CREATE TABLE stream_gap (
        incarnation INTEGER NOT NULL REFERENCES incarnation (id),
        first_seq INTEGER NOT NULL,
        last_seq INTEGER NOT NULL,
        noticed_at INTEGER NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (incarnation, first_seq)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE journal (
        id INTEGER PRIMARY KEY,
        kind INTEGER NOT NULL,
        place INTEGER,
        occurred_at INTEGER NOT NULL,
        received_at INTEGER NOT NULL,
        body BLOB
      ) STRICT;

      CREATE TABLE portfolio_body (
        id INTEGER PRIMARY KEY,
        key INTEGER,
        event INTEGER NOT NULL,
        body BLOB
      ) STRICT;
      CREATE INDEX portfolio_body_by_key ON portfolio_body (key) WHERE key IS NOT NULL;

      CREATE TABLE batch (
        env INTEGER NOT NULL REFERENCES environment (id),
        batch INTEGER NOT NULL,
        incarnation INTEGER NOT NULL REFERENCES incarnation (id),
        first_seq INTEGER NOT NULL,
        last_seq INTEGER NOT NULL,
        rows INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        received_at INTEGER NOT NULL,
        PRIMARY KEY (env, batch)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE projection_checkpoint (
        env INTEGER NOT NULL REFERENCES environment (id),
        projection TEXT NOT NULL,
        batch INTEGER NOT NULL,
        PRIMARY KEY (env, projection)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE figure (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        aged_batch INTEGER NOT NULL,
        synchronous TEXT NOT NULL
      ) STRICT;
      INSERT INTO figure (only, aged_batch, synchronous) VALUES (1, 0, 'unknown');
    `);
  },
};
