import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataFolderLockedError, lockDataFolder } from './data-folder-lock.ts';
import { StoreFailure } from './store-failure.ts';
import { makeFolder } from './testing/store-fixture.ts';

let folder: string;
let remove: () => void;

beforeEach(() => {
  ({ folder, remove } = makeFolder());
});

afterEach(() => remove());

describe('lockDataFolder', () => {
  it('lets one in at a time, and names the folder and the holder to the next', () => {
    const lock = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(DataFolderLockedError);
    expect(() => lockDataFolder(folder)).toThrow(`${folder} is in use by process ${process.pid}`);
    lock.release();
    lock.release();
    lockDataFolder(folder).release();
  });

  it('does without the name of the holder when that is not known', () => {
    const lock = lockDataFolder(folder);
    writeFileSync(join(folder, 'lock.pid'), 'nonsense');
    expect(() => lockDataFolder(folder)).toThrow('in use by another process');
    lock.release();
  });

  it('makes the folder, and leaves no name of a holder behind', () => {
    const inner = join(folder, 'a', 'b');
    lockDataFolder(inner).release();
    expect(existsSync(join(inner, 'lock.pid'))).toBe(false);
  });

  it('replaces a damaged lock file', () => {
    writeFileSync(join(folder, 'lock.db'), 'not a database, but long enough to look at'.repeat(100));
    lockDataFolder(folder).release();
  });

  it('says so when the folder cannot be used', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => lockDataFolder(file)).toThrow(StoreFailure);
    expect(() => lockDataFolder(file)).toThrow(`the data folder ${file} cannot be used`);
  });
});
