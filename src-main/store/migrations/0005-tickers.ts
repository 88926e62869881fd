import type { Migration } from './migration.ts';

/**
 * Candles of the prices in the journal, watchlists, what the circuit breaker did, and the currency of quotes.
 *
 * A series is what prices of one environment, source, symbol and currency make; an empty currency is the base currency.
 * Candles lie in the order in which charts read them: all intervals of a level and series one after the other. Times
 * inside a candle are milliseconds after its start. Most candles of one second have one price, so everything that is then
 * as at the opening is NULL: it halves the table. `candle_level` counts rows, because counting them would read the table.
 *
 * The projection of tickers begins before the first batch: candles of events that are stored already come from replay.
 */
export const tickersMigration: Migration = {
  version: 5,
  title: 'tickers',
  up(db) {
    db.exec(`
      CREATE TABLE series (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        env INTEGER NOT NULL REFERENCES environment (id),
        symbol TEXT NOT NULL,
        source TEXT NOT NULL,
        currency TEXT NOT NULL,
        UNIQUE (env, symbol, source, currency)
      ) STRICT;

      CREATE TABLE candle (
        level INTEGER NOT NULL,
        series INTEGER NOT NULL,
        start INTEGER NOT NULL,
        open REAL NOT NULL,
        open_after INTEGER NOT NULL,
        open_id INTEGER NOT NULL,
        ticks INTEGER NOT NULL,
        high REAL,
        low REAL,
        close REAL,
        close_after INTEGER,
        close_id INTEGER,
        PRIMARY KEY (level, series, start)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE candle_level (
        level INTEGER PRIMARY KEY,
        rows INTEGER NOT NULL
      ) STRICT;
      INSERT INTO candle_level (level, rows) VALUES (1, 0), (2, 0), (3, 0), (4, 0);

      CREATE TABLE watchlist (
        env INTEGER NOT NULL REFERENCES environment (id),
        place INTEGER NOT NULL,
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        symbols TEXT NOT NULL,
        PRIMARY KEY (env, place)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE breaker_transition (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        env INTEGER NOT NULL REFERENCES environment (id),
        at INTEGER NOT NULL,
        from_state TEXT NOT NULL,
        to_state TEXT NOT NULL,
        reason TEXT NOT NULL
      ) STRICT;
      CREATE INDEX breaker_transition_by_env ON breaker_transition (env, id);

      ALTER TABLE quote ADD COLUMN currency TEXT;

      INSERT INTO projection_checkpoint (env, projection, batch) SELECT DISTINCT env, 'tickers', 0 FROM batch;
    `);
  },
};
