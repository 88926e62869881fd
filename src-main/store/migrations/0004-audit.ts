import type { Migration } from './migration.ts';

/** Who changed what, and when. */
export const auditMigration: Migration = {
  version: 4,
  title: 'audit',
  up(db) {
    db.exec(`
      CREATE TABLE audit (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        target TEXT NOT NULL,
        result TEXT NOT NULL
      ) STRICT;
    `);
  },
};
