import Database from 'better-sqlite3';
import { StoreFailure, type StoreFailureCode } from './store-failure.ts';

const WORDS: readonly (readonly [prefix: string, code: StoreFailureCode, words: string])[] = [
  ['SQLITE_FULL', 'disk_full', 'disk full: the database cannot grow; free some space'],
  ['SQLITE_IOERR', 'io', 'the disk failed to read or write the database'],
  ['SQLITE_CORRUPT', 'corrupt', 'the database file is damaged'],
  ['SQLITE_NOTADB', 'corrupt', 'the database file is damaged'],
  ['SQLITE_BUSY', 'busy', 'another program holds the database'],
  ['SQLITE_LOCKED', 'busy', 'another connection holds the database'],
  ['SQLITE_READONLY', 'io', 'the database file is not writable'],
  ['SQLITE_CANTOPEN', 'io', 'the database file cannot be opened'],
];

/** Says an error of SQLite in the app's words, as a {@link StoreFailure}; gives back any other error as it is. */
export function sqliteFailure(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const known = WORDS.find(([prefix]) => error.code.startsWith(prefix));
  const [, code, words] = known ?? ['', 'internal', 'the database refused'];
  return new StoreFailure(code, `${words} (${error.code}: ${error.message})`, { cause: error });
}

/** Says whether an error means that the file is damaged or is no database at all. */
export function isCorruption(error: unknown): boolean {
  const failure = sqliteFailure(error);
  return failure instanceof StoreFailure && failure.code === 'corrupt';
}
