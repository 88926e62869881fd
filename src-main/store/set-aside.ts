import { existsSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileTime } from './database-copy.ts';

/**
 * Moves a damaged database out of the way, with its log, under a name that says when; nothing of it is deleted.
 * Answers the new name.
 */
export function setAsideDatabase(file: string, now: number): string {
  const name = freeName(dirname(file), `${basename(file, '.db')}.corrupt-${fileTime(now)}`);
  const aside = join(dirname(file), name);
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(file + part)) renameSync(file + part, aside + part);
  }
  return name;
}

function freeName(folder: string, stem: string): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? `${stem}.db` : `${stem}-${count}.db`;
    if (!existsSync(join(folder, name))) return name;
  }
}
