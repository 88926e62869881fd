import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WindowMemory } from './window-memory.ts';

const nothing = { bounds: null, maximized: false, theme: 'system' };
const unexpected = (error: unknown): never => {
  throw error;
};
let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsedesk-memory-'));
  file = join(folder, 'window.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('WindowMemory', () => {
  it('knows nothing at the first start', () => {
    expect(new WindowMemory(file, unexpected).present).toEqual(nothing);
  });

  it('remembers over a restart, part by part', () => {
    const bounds = { x: 1, y: 2, width: 800, height: 600 };
    const memory = new WindowMemory(file, unexpected);
    memory.remember({ bounds });
    memory.remember({ theme: 'light' });
    expect(new WindowMemory(file, unexpected).present).toEqual({ bounds, maximized: false, theme: 'light' });
  });

  it.each([
    '',
    '{"bounds":',
    '[]',
    '{"bounds":{"x":"1","y":0,"width":1,"height":1},"maximized":false,"theme":"dark"}',
    '{"bounds":{"x":0,"y":0,"width":-5,"height":1},"maximized":false,"theme":"dark"}',
    '{"bounds":null,"maximized":false,"theme":"pink"}',
  ])('takes a file with %j for a first start', (text) => {
    writeFileSync(file, text);
    expect(new WindowMemory(file, unexpected).present).toEqual(nothing);
  });

  it('says when it cannot write, and goes on', () => {
    const errors: unknown[] = [];
    const memory = new WindowMemory(join(file, 'below-a-file', 'window.json'), (error) => errors.push(error));
    writeFileSync(file, '');
    memory.remember({ maximized: true });
    expect(errors).toHaveLength(1);
    expect(memory.present.maximized).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('');
  });
});
