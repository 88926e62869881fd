import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { copyBeforeMigration } from './database-copy.ts';
import {
  assertFullSync,
  type Connection,
  inTransaction,
  openForReading,
  openForWriting,
  synchronousMode,
} from './database.ts';
import { FutureDatabaseError } from './future-database-error.ts';
import { migrate, schemaVersion } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations } from './migrations/migrations.ts';
import { setAsideDatabase } from './set-aside.ts';
import { isCorruption, sqliteFailure } from './sqlite-failure.ts';
import { StoreFailure } from './store-failure.ts';

/** Name of the database file in the data folder. */
const FILE_NAME = 'pulsedesk.db';

/** Up to this size a database is checked from end to end when it is opened; beyond, only where it is used. */
const CHECKED_BYTES = 64 * 1024 * 1024;

/** A database ready for use. */
export interface PreparedDatabase {
  db: Connection;
  /** File name of the damaged database that was moved out of the way; null when there was none. */
  setAside: string | null;
}

/** The database file of a data folder. */
export function databaseFile(folder: string): string {
  return join(folder, FILE_NAME);
}

/**
 * Opens the database of a data folder for writing: made when missing, set aside when damaged, migrated, and proved to
 * write with full synchronisation. Throws a FutureDatabaseError, having changed nothing, when a newer version of the
 * app wrote it; a StoreFailure when the disk does not let it.
 */
export function prepareDatabase(
  folder: string,
  clock: Pick<Clock, 'now'>,
  log: Log,
  steps: readonly Migration[] = migrations,
): PreparedDatabase {
  mkdirSync(folder, { recursive: true });
  const file = databaseFile(folder);
  try {
    return { db: openChecked(file, clock, log, steps), setAside: null };
  } catch (error) {
    if (!isCorruption(error)) throw sqliteFailure(error);
    const setAside = setAsideDatabase(file, clock.now());
    log.error('the database is damaged and was set aside; a new one is made', { setAside });
    return { db: openChecked(file, clock, log, steps), setAside };
  }
}

function openChecked(
  file: string,
  clock: Pick<Clock, 'now'>,
  log: Log,
  steps: readonly Migration[],
): Connection {
  refuseFuture(file, steps.length);
  const db = openForWriting(file);
  try {
    quickCheck(db);
    const ran = migrate(db, steps, (version) => {
      const copy = copyBeforeMigration(db, version, clock.now());
      log.info('the database was copied before its schema changes', { copy });
    });
    if (ran.length > 0) log.info('the schema was brought up to date', { version: schemaVersion(db) });
    proveFullSync(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Looks before opening for writing, which would change the file. */
function refuseFuture(file: string, known: number): void {
  if (!existsSync(file) || statSync(file).size === 0) return;
  const db = openForReading(file);
  try {
    const found = schemaVersion(db);
    if (found > known) throw FutureDatabaseError.of(file, found, known);
  } finally {
    db.close();
  }
}

function quickCheck(db: Connection): void {
  if (statSync(db.name).size > CHECKED_BYTES) return;
  const answer = db.pragma('quick_check(1)', { simple: true });
  if (answer !== 'ok') throw new StoreFailure('corrupt', `the database file is damaged: ${String(answer)}`);
}

/** Writes something, which is when SQLite may fall back, and keeps the mode that was proved for the readers to show. */
function proveFullSync(db: Connection): void {
  const write = db.prepare('UPDATE figure SET synchronous = ?');
  inTransaction(db, () => write.run('unknown'));
  assertFullSync(db);
  inTransaction(db, () => write.run(synchronousMode(db)));
  assertFullSync(db);
}
