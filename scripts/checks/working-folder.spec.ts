import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeWorkingFolder } from './working-folder.ts';

describe('the folder that the checks work in', () => {
  it('is a new one each time, which programs take for their temporary files', () => {
    const [one, other] = [makeWorkingFolder(), makeWorkingFolder()];
    onTestFinished(() => {
      one.remove();
      other.remove();
    });
    expect(one.path).not.toBe(other.path);
    expect(existsSync(one.path)).toBe(true);
    expect(one.variables.TMPDIR).toBe(one.path);
    expect(dirname(one.variables.NODE_COMPILE_CACHE)).toBe(one.path);
  });

  it('is under the temporary folder where nothing is kept in memory', () => {
    const folder = makeWorkingFolder(join(tmpdir(), 'there-is-no-such-folder'));
    onTestFinished(() => folder.remove());
    expect(dirname(folder.path)).toBe(tmpdir());
  });

  it('goes with all it holds', () => {
    const folder = makeWorkingFolder();
    writeFileSync(join(folder.path, 'left-behind'), 'something');
    folder.remove();
    expect(existsSync(folder.path)).toBe(false);
  });
});
