import type { Migration } from './migration.ts';

/**
 * Invoices: what is shown, what waits to be shown, and the simulator's runs.
 *
 * `invoice` is narrow, because lists and totals read much of it; what only the drawer shows stands in `invoice_detail`.
 * Its id is the order of showing and is never used again. `gross_sort` is the gross in major units, so that amounts of
 * currencies with other decimals compare. Rows of generation 0 are in view always, others while theirs is the one in
 * view; each index of a sort ends with what tells that, so that skipping rows reads the index alone.
 *
 * `invoice_waiting` is the backlog: its id is the run's row × 2^32 + place, places of a run begin at 1 and have no gaps,
 * and those up to the run's `shown` have moved to `invoice`. `words` are the words of the text filter, as `invoice_text`
 * takes them: made where Unicode is known, because the tables inside SQLite are older. Words of purged rows go when new
 * ones are merged with them: merging them at once, as is usual, would hold the writer for a second.
 *
 * `invoice_total` keeps sums as decimal text: they can pass 2^63.
 *
 * The projection of invoices begins before the first batch: those that are stored already come from replay.
 */
export const invoicesMigration: Migration = {
  version: 6,
  title: 'invoices',
  up(db) {
    db.exec(`
      CREATE TABLE invoice (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        env INTEGER NOT NULL REFERENCES environment (id),
        generation INTEGER NOT NULL,
        number TEXT NOT NULL,
        company TEXT NOT NULL,
        currency TEXT NOT NULL,
        state INTEGER NOT NULL,
        source TEXT NOT NULL,
        issued_at INTEGER NOT NULL,
        due_at INTEGER,
        vat_basis_points INTEGER NOT NULL,
        net INTEGER NOT NULL,
        vat INTEGER NOT NULL,
        gross INTEGER NOT NULL,
        gross_sort REAL NOT NULL,
        UNIQUE (env, number)
      ) STRICT;
      CREATE INDEX invoice_by_time ON invoice (env, issued_at, id, generation);
      CREATE INDEX invoice_by_company ON invoice (env, company COLLATE NOCASE, id, generation);
      CREATE INDEX invoice_by_gross ON invoice (env, gross_sort, id, generation);

      CREATE TABLE invoice_detail (
        id INTEGER PRIMARY KEY,
        received_at INTEGER NOT NULL,
        shown_at INTEGER NOT NULL,
        run INTEGER,
        event INTEGER NOT NULL,
        extras TEXT NOT NULL
      ) STRICT;

      CREATE VIRTUAL TABLE invoice_text USING fts5 (
        words, content = '', contentless_delete = 1, detail = none, prefix = '1 2',
        tokenize = "ascii tokenchars '$+<=>^\`|~'"
      );

      INSERT INTO invoice_text (invoice_text, rank) VALUES ('deletemerge', 0);

      CREATE TABLE invoice_run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        env INTEGER NOT NULL REFERENCES environment (id),
        run INTEGER NOT NULL,
        generation INTEGER NOT NULL,
        state TEXT NOT NULL,
        seed INTEGER NOT NULL,
        rate_per_s REAL NOT NULL,
        display_rate_per_s REAL NOT NULL,
        duration_s REAL NOT NULL,
        planned INTEGER NOT NULL,
        vat_basis_points INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER,
        produced INTEGER NOT NULL DEFAULT 0,
        shown INTEGER NOT NULL DEFAULT 0,
        UNIQUE (env, run)
      ) STRICT;

      CREATE TABLE invoice_waiting (
        id INTEGER PRIMARY KEY,
        env INTEGER NOT NULL REFERENCES environment (id),
        number TEXT NOT NULL,
        company TEXT NOT NULL,
        currency TEXT NOT NULL,
        state INTEGER NOT NULL,
        source TEXT NOT NULL,
        issued_at INTEGER NOT NULL,
        due_at INTEGER,
        vat_basis_points INTEGER NOT NULL,
        net INTEGER NOT NULL,
        vat INTEGER NOT NULL,
        gross INTEGER NOT NULL,
        gross_sort REAL NOT NULL,
        received_at INTEGER NOT NULL,
        event INTEGER NOT NULL,
        extras TEXT NOT NULL,
        words TEXT NOT NULL,
        UNIQUE (env, number)
      ) STRICT;

      CREATE TABLE invoice_state (
        env INTEGER PRIMARY KEY REFERENCES environment (id),
        generation INTEGER NOT NULL DEFAULT 1,
        last_run INTEGER NOT NULL DEFAULT 0,
        ignored INTEGER NOT NULL DEFAULT 0
      ) STRICT;

      CREATE TABLE invoice_reset (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        env INTEGER NOT NULL REFERENCES environment (id),
        from_generation INTEGER NOT NULL,
        to_generation INTEGER NOT NULL,
        at INTEGER NOT NULL,
        purged_to INTEGER
      ) STRICT;

      CREATE TABLE invoice_total (
        env INTEGER NOT NULL REFERENCES environment (id),
        generation INTEGER NOT NULL,
        currency TEXT NOT NULL,
        count INTEGER NOT NULL,
        net TEXT NOT NULL,
        vat TEXT NOT NULL,
        gross TEXT NOT NULL,
        first INTEGER NOT NULL,
        newest INTEGER NOT NULL,
        PRIMARY KEY (env, generation, currency)
      ) STRICT, WITHOUT ROWID;

      INSERT INTO projection_checkpoint (env, projection, batch) SELECT DISTINCT env, 'invoices', 0 FROM batch;
    `);
  },
};
