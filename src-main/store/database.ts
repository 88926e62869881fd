import Database from 'better-sqlite3';
import { StoreFailure } from './store-failure.ts';

/** An open connection. */
export type Connection = Database.Database;

const MIB = 1024 * 1024;
const PAGE_BYTES = 4096;

/** The log is folded into the database each time a commit finds it this long. */
const AUTO_CHECKPOINT_BYTES = 16 * MIB;

/** What the log is cut back to once it has been folded in. */
const WAL_REST_BYTES = 32 * MIB;

/** Longer than this the log never grows: at this size a commit waits for readers and empties it. */
export const WAL_LIMIT_BYTES = 64 * MIB;

/** How long a connection waits for another one that holds the file, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

const CACHE_KIB = { write: 16 * 1024, read: 8 * 1024 } as const;
const MMAP_BYTES = 256 * MIB;

/** Opens the write connection and makes the file if there is none. Throws what SQLite throws. */
export function openForWriting(file: string): Connection {
  return configured(new Database(file, { timeout: BUSY_TIMEOUT_MS }), configureWriting);
}

/** Opens a connection that cannot write. The file must exist and have been opened for writing before. */
export function openForReading(file: string): Connection {
  const connection = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  return configured(connection, (db) => {
    db.pragma('query_only = ON');
    db.pragma(`cache_size = -${CACHE_KIB.read}`);
    db.pragma(`mmap_size = ${MMAP_BYTES}`);
    db.pragma('temp_store = MEMORY');
  });
}

/**
 * Opens a connection that folds the log into the file, and cannot write anything else. The file must exist and have been
 * opened for writing before.
 */
export function openForFolding(file: string): Connection {
  return configured(new Database(file, { fileMustExist: true, timeout: 0 }), (db) => {
    db.pragma('query_only = ON');
    db.pragma('wal_autocheckpoint = 0');
    // From NORMAL on, folding syncs the log before it copies, and the file after.
    db.pragma('synchronous = FULL');
  });
}

/**
 * Sets full synchronisation and proves it. SQLite as built into better-sqlite3 falls back to NORMAL at the first
 * access of a file in WAL mode, so this is called again after the first write. Throws a StoreFailure when it is not FULL.
 */
export function assertFullSync(db: Connection): void {
  db.pragma('synchronous = FULL');
  const mode = synchronousMode(db);
  if (mode !== 'FULL')
    throw new StoreFailure('internal', `the database runs with synchronous=${mode}, not FULL`);
}

/** The connection's synchronous setting by name. */
export function synchronousMode(db: Connection): string {
  const names = ['OFF', 'NORMAL', 'FULL', 'EXTRA'];
  return names[Number(db.pragma('synchronous', { simple: true }))] ?? 'unknown';
}

/** Runs `work` in a transaction that takes the write lock at once; undone when it throws. */
export function inTransaction<T>(db: Connection, work: () => T): T {
  return db.transaction(work).immediate();
}

/** Folds the log into the file and empties it, without waiting for readers: they make it do less. */
export function foldLog(db: Connection): void {
  db.pragma('busy_timeout = 0');
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
}

function configured(db: Connection, configure: (db: Connection) => void): Connection {
  try {
    configure(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function configureWriting(db: Connection): void {
  db.pragma(`page_size = ${PAGE_BYTES}`);
  db.pragma('journal_mode = WAL');
  assertFullSync(db);
  db.pragma('foreign_keys = ON');
  // ON, not FAST: FAST leaves whole freed pages as they were, and with them the bodies of forgotten portfolios.
  db.pragma('secure_delete = ON');
  db.pragma(`wal_autocheckpoint = ${AUTO_CHECKPOINT_BYTES / PAGE_BYTES}`);
  db.pragma(`journal_size_limit = ${WAL_REST_BYTES}`);
  db.pragma(`cache_size = -${CACHE_KIB.write}`);
  db.pragma('temp_store = MEMORY');
  db.pragma('trusted_schema = OFF');
}
