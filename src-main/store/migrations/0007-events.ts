import type { Migration } from './migration.ts';

/**
 * Events that come many at a time: packed rows, names that callers give, redriven rejects, and rollups of analytics and
 * activity.
 *
 * `packed` of an incarnation is how many events its rows hold beyond one each: `stored` goes on counting rows. A reject is
 * one per position and part; its body stands last, because what lies behind a long one is slow to reach.
 *
 * `event_name` keeps what callers named their events. Places of an environment and kind rise without gaps, so that their
 * number is known without counting, and the oldest are the first. It does without a reference to the environment: looking
 * that up for every name takes a tenth of the time.
 *
 * Rollups are by `start`, not by type: those of one moment lie together and are written together. `event_total` is the sum
 * of `event_by_type` over the types, and alone has seconds. A sum of values is `trillions` × 10^12 + `units` + `micros` /
 * 10^6, carried so that no column ever overflows; where `valued` is 0, `low` and `high` mean nothing. `rollup_level` counts
 * the rows of both, because counting them would read the tables.
 *
 * Users of a day stand in one blob, by their numbers: the most active ones of a year are read as 366 rows instead of
 * hundreds of thousands. `last_day` tells when a user can be forgotten.
 *
 * Both projections begin before the first batch: events that are stored already come from replay.
 */
export const eventsMigration: Migration = {
  version: 7,
  title: 'events',
  up(db) {
    db.exec(`
      ALTER TABLE incarnation ADD COLUMN packed INTEGER NOT NULL DEFAULT 0;

      CREATE TABLE reject_by_part (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        env INTEGER NOT NULL REFERENCES environment (id),
        position INTEGER NOT NULL,
        part INTEGER NOT NULL DEFAULT 0,
        subject TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        reason TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        body BLOB NOT NULL,
        UNIQUE (position, part)
      ) STRICT;
      INSERT INTO reject_by_part (id, env, position, subject, received_at, reason, bytes, body)
        SELECT id, env, position, subject, received_at, reason, bytes, body FROM reject ORDER BY id;
      DELETE FROM sqlite_sequence WHERE name = 'reject_by_part';
      INSERT INTO sqlite_sequence (name, seq) SELECT 'reject_by_part', seq FROM sqlite_sequence WHERE name = 'reject';
      DROP TABLE reject;
      ALTER TABLE reject_by_part RENAME TO reject;
      CREATE INDEX reject_by_env ON reject (env, id);

      CREATE TABLE reject_redrive (
        reject INTEGER PRIMARY KEY,
        attempts INTEGER NOT NULL,
        redriven_at INTEGER
      ) STRICT;

      CREATE TABLE event_name (
        env INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        PRIMARY KEY (env, kind, place)
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX event_name_by_name ON event_name (env, kind, name);

      CREATE TABLE event_type (
        env INTEGER NOT NULL REFERENCES environment (id),
        type INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (env, type)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE event_total (
        env INTEGER NOT NULL REFERENCES environment (id),
        level INTEGER NOT NULL,
        start INTEGER NOT NULL,
        events INTEGER NOT NULL,
        valued INTEGER NOT NULL,
        trillions INTEGER NOT NULL,
        units INTEGER NOT NULL,
        micros INTEGER NOT NULL,
        low REAL NOT NULL,
        high REAL NOT NULL,
        PRIMARY KEY (env, level, start)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE event_by_type (
        env INTEGER NOT NULL REFERENCES environment (id),
        level INTEGER NOT NULL,
        start INTEGER NOT NULL,
        type INTEGER NOT NULL,
        events INTEGER NOT NULL,
        valued INTEGER NOT NULL,
        trillions INTEGER NOT NULL,
        units INTEGER NOT NULL,
        micros INTEGER NOT NULL,
        low REAL NOT NULL,
        high REAL NOT NULL,
        PRIMARY KEY (env, level, start, type)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE rollup_level (
        level INTEGER PRIMARY KEY,
        rows INTEGER NOT NULL
      ) STRICT;
      INSERT INTO rollup_level (level, rows) VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0);

      CREATE TABLE event_users (
        env INTEGER NOT NULL REFERENCES environment (id),
        hour INTEGER NOT NULL,
        registers BLOB NOT NULL,
        PRIMARY KEY (env, hour)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE event_recent (
        env INTEGER NOT NULL REFERENCES environment (id),
        minute INTEGER NOT NULL,
        state BLOB NOT NULL,
        PRIMARY KEY (env, minute)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE event_sketch (
        env INTEGER PRIMARY KEY REFERENCES environment (id),
        users BLOB,
        frequent BLOB
      ) STRICT;

      CREATE TABLE activity_quarter (
        env INTEGER NOT NULL REFERENCES environment (id),
        start INTEGER NOT NULL,
        type TEXT NOT NULL,
        events INTEGER NOT NULL,
        PRIMARY KEY (env, start, type)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE activity_day (
        env INTEGER NOT NULL REFERENCES environment (id),
        day INTEGER NOT NULL,
        type TEXT NOT NULL,
        events INTEGER NOT NULL,
        PRIMARY KEY (env, day, type)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE activity_user (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        env INTEGER NOT NULL REFERENCES environment (id),
        name TEXT NOT NULL,
        last_day INTEGER NOT NULL,
        UNIQUE (env, name)
      ) STRICT;
      CREATE INDEX activity_user_by_day ON activity_user (last_day);

      CREATE TABLE activity_users_of_day (
        env INTEGER NOT NULL REFERENCES environment (id),
        day INTEGER NOT NULL,
        users BLOB NOT NULL,
        PRIMARY KEY (env, day)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE activity_state (
        env INTEGER PRIMARY KEY REFERENCES environment (id),
        newest_at INTEGER
      ) STRICT;

      INSERT INTO projection_checkpoint (env, projection, batch) SELECT DISTINCT env, 'analytics', 0 FROM batch;
      INSERT INTO projection_checkpoint (env, projection, batch) SELECT DISTINCT env, 'activity', 0 FROM batch;
    `);
  },
};
