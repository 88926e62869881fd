import { describe, expect, it } from 'vitest';
import { DirtySet } from './coalesce.ts';

describe('DirtySet', () => {
  it('gives each key once, in the order of first change, and begins anew', () => {
    const dirty = new DirtySet<string>(10);
    for (const key of ['b', 'a', 'b']) dirty.add(key);
    expect(dirty.empty).toBe(false);
    expect(dirty.drain()).toEqual({ all: false, keys: ['b', 'a'] });
    expect(dirty.empty).toBe(true);
    expect(dirty.drain()).toEqual({ all: false, keys: [] });
  });

  it('holds as many keys as its limit and says everything beyond', () => {
    const dirty = new DirtySet<number>(2);
    for (const key of [1, 2, 1, 2]) dirty.add(key);
    expect(dirty.drain()).toEqual({ all: false, keys: [1, 2] });
    for (const key of [1, 2, 3, 1]) dirty.add(key);
    expect(dirty.empty).toBe(false);
    expect(dirty.drain()).toEqual({ all: true });
    expect(dirty.empty).toBe(true);
    dirty.add(4);
    expect(dirty.drain()).toEqual({ all: false, keys: [4] });
  });

  it('can be told that everything changed, which swallows single keys', () => {
    const dirty = new DirtySet<number>(2);
    dirty.add(1);
    dirty.addAll();
    dirty.add(2);
    expect(dirty.drain()).toEqual({ all: true });
    expect(dirty.drain()).toEqual({ all: false, keys: [] });
  });

  it('keeps what it gave away apart from what comes later', () => {
    const dirty = new DirtySet<number>(2);
    dirty.add(1);
    const first = dirty.drain();
    dirty.add(2);
    expect(first).toEqual({ all: false, keys: [1] });
  });

  it('refuses a limit that is none', () => {
    for (const limit of [0, 2.5, Number.NaN]) expect(() => new DirtySet(limit)).toThrow(RangeError);
    expect(new DirtySet(1).limit).toBe(1);
  });
});
