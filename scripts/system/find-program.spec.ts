import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronRuntime } from './electron-runtime.ts';
import { findProgram } from './find-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'programs-'));
const program = join(folder, 'tool');
const text = join(folder, 'notes');

beforeAll(() => {
  writeFileSync(program, '#!/bin/sh\n');
  chmodSync(program, 0o755);
  writeFileSync(text, 'not a program');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('findProgram', () => {
  it('finds a name in the path, or an absolute path as it stands', () => {
    expect(findProgram(['tool'], `/nowhere:${folder}`)).toBe(program);
    expect(findProgram([program], '/nowhere')).toBe(program);
  });

  it('takes the first of several names that is there', () => {
    expect(findProgram(['absent', 'tool'], folder)).toBe(program);
  });

  it('finds nothing that cannot be run', () => {
    expect(findProgram(['notes'], folder)).toBeUndefined();
    expect(findProgram(['absent'], folder)).toBeUndefined();
  });
});

describe('electronRuntime', () => {
  it('is none where the package has not downloaded one', () => {
    expect(electronRuntime({}, folder)).toBeUndefined();
  });

  it('takes the folder named in the environment', () => {
    writeFileSync(join(folder, 'electron'), '');
    expect(electronRuntime({ ELECTRON_OVERRIDE_DIST_PATH: folder }, '/nowhere')).toBe(
      join(folder, 'electron'),
    );
  });
});
