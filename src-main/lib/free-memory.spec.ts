import { describe, expect, it } from 'vitest';
import { freeMemory } from './free-memory.ts';

describe('freeMemory', () => {
  it('empties a buffer and every view on it', () => {
    const buffer = new ArrayBuffer(1000);
    const views = [new Float64Array(buffer, 0, 10), new Uint8Array(buffer, 80)];
    freeMemory(views[1]!);
    expect(buffer.detached).toBe(true);
    expect(views.map(({ length }) => length)).toEqual([0, 0]);
  });

  it('leaves memory that others share', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(8));
    freeMemory(shared);
    expect(shared).toHaveLength(8);
  });

  it('may be asked twice', () => {
    const view = new Uint8Array(8);
    freeMemory(view);
    freeMemory(view);
    expect(view).toHaveLength(0);
  });
});
