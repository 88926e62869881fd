import type { Migration } from './migration.ts';

/**
 * Environments, stream incarnations and the journal.
 *
 * The journal's id is incarnation × 2^40 + sequence; `key` is the hash of a portfolio's slug, null for events that
 * nobody can ask to be forgotten, and so the only index holds portfolio events alone. `batch` keeps the order of
 * commits: a batch owns the ids between its first and last sequence, and ranges of one incarnation never overlap.
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
        stored_seq INTEGER NOT NULL DEFAULT 0,
        aged_seq INTEGER NOT NULL DEFAULT 0,
        active INTEGER NOT NULL DEFAULT 1,
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
        key INTEGER,
        occurred_at INTEGER NOT NULL,
        received_at INTEGER NOT NULL,
        body BLOB
      ) STRICT;
      CREATE INDEX journal_by_key ON journal (key) WHERE key IS NOT NULL;

      CREATE TABLE batch (
        batch INTEGER PRIMARY KEY,
        env INTEGER NOT NULL REFERENCES environment (id),
        incarnation INTEGER NOT NULL REFERENCES incarnation (id),
        first_seq INTEGER NOT NULL,
        last_seq INTEGER NOT NULL,
        rows INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        received_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX batch_by_env ON batch (env, batch);
      CREATE UNIQUE INDEX batch_by_range ON batch (incarnation, first_seq);

      CREATE TABLE projection_checkpoint (
        env INTEGER NOT NULL REFERENCES environment (id),
        projection TEXT NOT NULL,
        batch INTEGER NOT NULL,
        PRIMARY KEY (env, projection)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE figure (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        last_batch INTEGER NOT NULL,
        journal_rows INTEGER NOT NULL,
        synchronous TEXT NOT NULL
      ) STRICT;
      INSERT INTO figure (only, last_batch, journal_rows, synchronous) VALUES (1, 0, 0, 'unknown');
    `);
  },
};
