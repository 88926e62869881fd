import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Connection } from './database.ts';

/** Copies made before migrations that are kept: the newest. */
const COPIES_KEPT = 2;

/** A moment as a part of a file name: `20261121T093000Z`, UTC. */
export function fileTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

/**
 * Copies a database beside itself before its schema changes, and lets go of all but the newest two such copies.
 * Answers the copy's path. Throws what SQLite throws, a full disk for one.
 */
export function copyBeforeMigration(db: Connection, version: number, now: number): string {
  const folder = dirname(db.name);
  const prefix = `${basename(db.name, '.db')}.before-migration-`;
  const copy = join(folder, `${prefix}${fileTime(now)}-v${version}.db`);
  rmSync(copy, { force: true });
  try {
    db.prepare('VACUUM INTO ?').run(copy);
  } catch (error) {
    rmSync(copy, { force: true });
    throw error;
  }
  const copies = readdirSync(folder).filter((name) => name.startsWith(prefix) && name.endsWith('.db'));
  for (const old of copies.sort().slice(0, -COPIES_KEPT)) rmSync(join(folder, old), { force: true });
  return copy;
}
