import type { Migration } from './migration.ts';

/**
 * The stored part of the portfolio projection. A slug stands in one row, and everything else about the portfolio
 * names that row's number. Forgetting empties the row and leaves it, some 20 bytes: deleting would make SQLite move the
 * rows beside it, and moving leaves copies behind.
 */
export const portfoliosMigration: Migration = {
  version: 3,
  title: 'portfolios',
  up(db) {
    db.exec(`
      CREATE TABLE portfolio (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        env INTEGER NOT NULL REFERENCES environment (id),
        key INTEGER,
        slug TEXT NOT NULL,
        opted_in_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX portfolio_by_key ON portfolio (env, key) WHERE key IS NOT NULL;

      CREATE TABLE portfolio_holdings (
        portfolio INTEGER PRIMARY KEY,
        holdings TEXT NOT NULL
      ) STRICT;

      CREATE TABLE portfolio_value_1m (
        portfolio INTEGER NOT NULL,
        minute INTEGER NOT NULL,
        value INTEGER NOT NULL,
        cost INTEGER NOT NULL,
        PRIMARY KEY (portfolio, minute)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE timeline (
        portfolio INTEGER NOT NULL,
        at INTEGER NOT NULL,
        id INTEGER NOT NULL,
        change TEXT NOT NULL,
        holding_count INTEGER NOT NULL,
        added TEXT NOT NULL,
        removed TEXT NOT NULL,
        PRIMARY KEY (portfolio, at, id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE quote (
        env INTEGER NOT NULL REFERENCES environment (id),
        source TEXT NOT NULL,
        symbol TEXT NOT NULL,
        price REAL NOT NULL,
        change_percent REAL,
        occurred_at INTEGER NOT NULL,
        day INTEGER NOT NULL,
        day_open REAL NOT NULL,
        day_open_at INTEGER NOT NULL,
        PRIMARY KEY (env, source, symbol)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE community_value_1m (
        env INTEGER NOT NULL REFERENCES environment (id),
        minute INTEGER NOT NULL,
        value INTEGER NOT NULL,
        cost INTEGER NOT NULL,
        portfolio_count INTEGER NOT NULL,
        PRIMARY KEY (env, minute)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE community_event (
        env INTEGER NOT NULL REFERENCES environment (id),
        at INTEGER NOT NULL,
        id INTEGER NOT NULL,
        portfolio INTEGER,
        change TEXT NOT NULL,
        PRIMARY KEY (env, at, id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE redaction (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        env INTEGER NOT NULL REFERENCES environment (id),
        slug TEXT NOT NULL,
        opted_out INTEGER NOT NULL,
        received_at INTEGER NOT NULL,
        phase INTEGER NOT NULL DEFAULT 0,
        done_to INTEGER NOT NULL DEFAULT 0,
        UNIQUE (env, opted_out)
      ) STRICT;

      CREATE TABLE orphan (
        portfolio INTEGER PRIMARY KEY
      ) STRICT;
    `);
  },
};
