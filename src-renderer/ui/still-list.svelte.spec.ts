import { describe, expect, it } from 'vitest';
import { StillList } from './still-list.svelte.ts';

function show(first: string[]) {
  const source = $state({ rows: first, held: false, scope: 'demo' });
  const list = new StillList<string>(
    () => source.rows,
    (row) => row,
    () => source.held,
    () => source.scope,
  );
  return { source, list };
}

describe('a list that can be held still', () => {
  it('follows its source while nobody holds it', () => {
    const { source, list } = show(['a']);
    expect(list.items).toEqual(['a']);
    source.rows = ['b', 'a'];
    expect(list.items).toEqual(['b', 'a']);
    expect(list.newCount).toBe(0);
  });

  it('stays as it is while it is held, counts what is new, and follows again afterwards', () => {
    const { source, list } = show(['a']);
    expect(list.items).toEqual(['a']);
    source.held = true;
    source.rows = ['c', 'b', 'a'];
    expect(list.items).toEqual(['a']);
    expect(list.newCount).toBe(2);
    source.held = false;
    expect(list.items).toEqual(['c', 'b', 'a']);
    expect(list.newCount).toBe(0);
  });

  it('takes what is new once when asked, and stays held', () => {
    const { source, list } = show(['a']);
    expect(list.items).toEqual(['a']);
    source.held = true;
    source.rows = ['b', 'a'];
    list.takeNew();
    expect(list.items).toEqual(['b', 'a']);
    source.rows = ['c', 'b', 'a'];
    expect(list.items).toEqual(['b', 'a']);
    expect(list.newCount).toBe(1);
  });

  it('shows another scope at once, held or not', () => {
    const { source, list } = show(['a']);
    expect(list.items).toEqual(['a']);
    source.held = true;
    source.scope = 'prod';
    source.rows = ['z'];
    expect(list.items).toEqual(['z']);
  });

  it('takes the first rows even when it is held from the beginning', () => {
    const { source, list } = show([]);
    source.held = true;
    expect(list.items).toEqual([]);
    source.rows = ['a'];
    expect(list.items).toEqual(['a']);
  });
});
