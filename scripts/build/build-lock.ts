import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

const LONGEST_BUILD_MS = 600_000;

/**
 * Runs `work` alone: a second process that asks for the same lock `file` waits until the first is done. The lock is
 * an SQLite transaction because Node has no file locks of its own and the system frees this one when its holder dies.
 */
export async function withBuildLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  const lock = new Database(file, { timeout: LONGEST_BUILD_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return await work();
  } finally {
    lock.close();
  }
}
