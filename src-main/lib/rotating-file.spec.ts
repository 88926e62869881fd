import fs, {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rotatingFile } from './rotating-file.ts';

let folder: string;
let path: string;

beforeEach(() => {
  vi.spyOn(fs, 'openSync');
  vi.spyOn(fs, 'closeSync');
  // Named imports of the file under test follow the default export's properties only when told to.
  syncBuiltinESMExports();
  folder = mkdtempSync(join(tmpdir(), 'rotating-file-'));
  path = join(folder, 'logs', 'app.log');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  const opened = vi.mocked(fs.openSync).mock.results.filter((result) => result.type === 'return');
  const closed = vi.mocked(fs.closeSync).mock.calls;
  expect(closed.map(([descriptor]) => descriptor)).toEqual(opened.map((result) => result.value));
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

function fails(error: unknown): void {
  throw error;
}

function contents(): Record<string, string> {
  const names = readdirSync(join(folder, 'logs')).toSorted();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, 'logs', name), 'utf8')]));
}

describe('rotatingFile', () => {
  it('appends lines to a file it makes, with its folders, and ends each with one newline', async () => {
    const file = rotatingFile({ path, onError: fails });
    file.write('one');
    file.write('two\n');
    expect(contents()).toEqual({ 'app.log': 'one\ntwo\n' });
    await file.stop();
    expect(fs.openSync).toHaveBeenCalledOnce();
  });

  it.skipIf(process.platform === 'win32')('lets nobody else read the file', async () => {
    const file = rotatingFile({ path, onError: fails });
    file.write('one');
    expect(statSync(path).mode & 0o077).toBe(0);
    await file.stop();
  });

  it('goes on after what a file already holds, and counts it', async () => {
    mkdirSync(join(folder, 'logs'));
    writeFileSync(path, 'before\n');
    const file = rotatingFile({ path, maxBytes: 10, files: 2, onError: fails });
    file.write('ab');
    file.write('c');
    expect(contents()).toEqual({ 'app.log': 'c\n', 'app.log.1': 'before\nab\n' });
    await file.stop();
  });

  it('keeps the newest files, none over its size', async () => {
    const file = rotatingFile({ path, maxBytes: 8, files: 3, onError: fails });
    for (let line = 1; line <= 9; line += 1) file.write(`no${line}`);
    expect(contents()).toEqual({ 'app.log': 'no9\n', 'app.log.1': 'no7\nno8\n', 'app.log.2': 'no5\nno6\n' });
    await file.stop();
  });

  it('begins its only file anew when it keeps no older ones', async () => {
    const file = rotatingFile({ path, maxBytes: 5, files: 1, onError: fails });
    file.write('one');
    file.write('two');
    expect(contents()).toEqual({ 'app.log': 'two\n' });
    await file.stop();
  });

  it('counts bytes, not characters, and cuts a line that is longer than a file', async () => {
    const file = rotatingFile({ path, maxBytes: 6, files: 5, onError: fails });
    file.write('äö');
    file.write('x');
    file.write('123456789');
    file.write('y');
    expect(contents()).toEqual({
      'app.log': 'y\n',
      'app.log.1': '12345\n',
      'app.log.2': 'x\n',
      'app.log.3': 'äö\n',
    });
    await file.stop();
  });

  it('reports once that lines are lost, goes on when it can, and reports again the next time', async () => {
    const errors: unknown[] = [];
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
    const file = rotatingFile({ path, maxBytes: 4, files: 2, onError: (error) => errors.push(error) });
    file.write('1');
    file.write('2');
    expect(errors).toHaveLength(1);
    rmSync(join(folder, 'logs'));
    file.write('33');
    expect(contents()).toEqual({ 'app.log': '33\n' });
    mkdirSync(`${path}.1`);
    file.write('44');
    file.write('55');
    expect(errors).toHaveLength(2);
    expect(readFileSync(path, 'utf8')).toBe('33\n');
    rmSync(`${path}.1`, { recursive: true });
    file.write('66');
    expect(contents()).toEqual({ 'app.log': '66\n', 'app.log.1': '33\n' });
    await file.stop();
  });

  it('writes nothing after stop, and makes no file when nothing was written', async () => {
    const file = rotatingFile({ path, onError: fails });
    await file.stop();
    file.write('late');
    await file.stop();
    expect(existsSync(path)).toBe(false);
  });

  it('refuses sizes and counts that are none', () => {
    expect(() => rotatingFile({ path, maxBytes: 0, onError: fails })).toThrow(/maxBytes .* not 0/);
    expect(() => rotatingFile({ path, files: 1.5, onError: fails })).toThrow(/files .* not 1.5/);
  });
});
