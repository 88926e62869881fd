import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { withBuildLock } from './build-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'build-lock-'));
const file = join(folder, 'deep/er/lock');

function isHeld(): boolean {
  const other = new Database(file, { timeout: 0 });
  try {
    other.exec('BEGIN EXCLUSIVE');
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: 'SQLITE_BUSY' });
    return true;
  } finally {
    other.close();
  }
}

describe('withBuildLock', () => {
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps others out while the work runs, lets them in afterwards, and hands back what the work made', async () => {
    const held = await withBuildLock(file, () => Promise.resolve(isHeld()));
    expect(held).toBe(true);
    expect(isHeld()).toBe(false);
  });

  it('lets others in after work that failed', async () => {
    await expect(withBuildLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(isHeld()).toBe(false);
  });
});
