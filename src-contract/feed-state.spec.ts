import { describe, expect, it } from 'vitest';
import { applyPatch, rowKey, stateOf } from './feed-state.ts';

const rows = [
  { id: 'a', value: 1 },
  { id: 'b', value: 2 },
];
const state = stateOf({ head: 'h1', rows }, 'id');

describe('the state of a feed', () => {
  it('begins with the rows of the snapshot, in their order, by key', () => {
    expect(state.head).toBe('h1');
    expect([...state.rows]).toEqual([
      ['a', rows[0]],
      ['b', rows[1]],
    ]);
  });

  it('takes numbers as keys as the text they are on the wire', () => {
    expect(rowKey({ id: 7 }, 'id')).toBe('7');
  });

  it('keeps what a patch does not name', () => {
    const next = applyPatch(state, { set: [{ id: 'b', value: 3 }] }, 'id');
    expect(next.head).toBe('h1');
    expect([...next.rows.values()]).toEqual([rows[0], { id: 'b', value: 3 }]);
  });

  it('adds new rows behind the others and removes dropped ones', () => {
    const next = applyPatch(state, { set: [{ id: 'c', value: 9 }], drop: ['a', 'unknown'] }, 'id');
    expect([...next.rows.keys()]).toEqual(['b', 'c']);
  });

  it('replaces the head alone, even by null, and then hands on the very rows', () => {
    const next = applyPatch<string | null, object>(state, { head: null }, 'id');
    expect(next.head).toBeNull();
    expect(next.rows).toBe(state.rows);
  });

  it('is not changed by what follows it', () => {
    applyPatch(state, { set: [{ id: 'c', value: 9 }], drop: ['a', 'b'] }, 'id');
    expect([...state.rows.keys()]).toEqual(['a', 'b']);
  });
});
