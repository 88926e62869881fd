import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { errorMessage } from '../lib/error-message.ts';
import { isCorruption, sqliteFailure } from './sqlite-failure.ts';
import { StoreFailure } from './store-failure.ts';

/** Another process, or another part of this one, works in the data folder. */
export class DataFolderLockedError extends Error {
  readonly code = 'data_folder_locked';
  readonly folder: string;
  /** Process id of the holder; null when it is not known. */
  readonly pid: number | null;

  constructor(folder: string, pid: number | null) {
    const holder = pid === null ? 'another process' : `process ${pid}`;
    super(`the data folder ${folder} is in use by ${holder}: stop it first, or choose another folder`);
    this.name = 'DataFolderLockedError';
    this.folder = folder;
    this.pid = pid;
  }
}

/** Locks that are held: a connection that nobody refers to would be collected, and its lock with it. */
const held = new Set<Database.Database>();

/** The hold on a data folder. */
export interface DataFolderLock {
  /** Lets go; may be called again. */
  release(): void;
}

/**
 * Takes a data folder for this process until it is released; makes it when missing. The operating system lets go when the process dies,
 * however it dies, because what is held is a lock on an open file, that of a small database. Throws a
 * DataFolderLockedError when somebody has it, a StoreFailure when the folder cannot be used.
 */
export function lockDataFolder(folder: string): DataFolderLock {
  makeFolder(folder);
  const pidFile = join(folder, 'lock.pid');
  const file = join(folder, 'lock.db');
  const db = hold(file, () => new DataFolderLockedError(folder, readPid(pidFile)));
  held.add(db);
  writeFileSync(pidFile, `${process.pid}\n`);
  return {
    release() {
      if (!db.open) return;
      rmSync(pidFile, { force: true });
      db.close();
      held.delete(db);
    },
  };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new StoreFailure('io', `the data folder ${folder} cannot be used: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}

function hold(file: string, locked: () => Error): Database.Database {
  try {
    return openExclusively(file);
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw locked();
    if (!isCorruption(error)) throw sqliteFailure(error);
    // It holds nothing worth keeping, and a damaged one must not keep the app from starting.
    rmSync(file, { force: true });
    return openExclusively(file);
  }
}

function openExclusively(file: string): Database.Database {
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function readPid(file: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isSafeInteger(pid) ? pid : null;
  } catch {
    return null;
  }
}
