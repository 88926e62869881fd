import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceDigest } from './source-digest.ts';

const root = mkdtempSync(join(tmpdir(), 'digest-'));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

describe('sourceDigest', () => {
  beforeAll(() => {
    for (const file of ['electron.vite.config.ts', 'svelte.config.js', 'tsconfig.base.json']) write(file, '');
    for (const file of ['package.json', 'package-lock.json']) write(file, '{}');
    for (const folder of ['src-contract', 'src-main', 'src-preload', 'src-renderer'])
      write(`${folder}/a.ts`, folder);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const changedBy = (file: string, text: string): boolean => {
    const before = sourceDigest(root);
    write(file, text);
    return sourceDigest(root) !== before;
  };

  it('changes with the content of a source, a style or the lock file', () => {
    expect(changedBy('src-main/store/deep.ts', 'new')).toBe(true);
    expect(changedBy('src-renderer/styles/app.css', 'a{}')).toBe(true);
    expect(changedBy('package-lock.json', '{"changed":true}')).toBe(true);
  });

  it('stays when a file is written again as it was, or when only a test changes', () => {
    expect(changedBy('src-main/store/deep.ts', 'new')).toBe(false);
    expect(changedBy('src-main/store/deep.spec.ts', 'test')).toBe(false);
    expect(changedBy('src-main/store/deep.integration.ts', 'test')).toBe(false);
  });
});
