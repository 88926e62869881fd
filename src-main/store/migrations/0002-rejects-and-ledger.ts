import type { Migration } from './migration.ts';

/** What came in beside the journal: rejected events, the other side of the ledger, and subjects nobody knows. */
export const rejectsAndLedgerMigration: Migration = {
  version: 2,
  title: 'rejects and ledger',
  up(db) {
    db.exec(`
      CREATE TABLE reject (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        env INTEGER NOT NULL REFERENCES environment (id),
        position INTEGER NOT NULL UNIQUE,
        subject TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        reason TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        body BLOB NOT NULL
      ) STRICT;
      CREATE INDEX reject_by_env ON reject (env, id);

      CREATE TABLE unknown_subject (
        env INTEGER NOT NULL REFERENCES environment (id),
        subject TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (env, subject)
      ) STRICT, WITHOUT ROWID;

      ALTER TABLE incarnation ADD COLUMN repeated INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE incarnation ADD COLUMN rejected INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE incarnation ADD COLUMN other INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE figure ADD COLUMN reject_rows INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE figure ADD COLUMN reject_bytes INTEGER NOT NULL DEFAULT 0;
    `);
  },
};
