import { describe, expect, it } from 'vitest';
import { MAX_POLLED, wantedSymbols } from './wanted-symbols.ts';

describe('the symbols to be polled', () => {
  it('are each named once, those of the first group first', () => {
    expect([...wantedSymbols(['B', 'A'], ['A', 'C'], [])]).toEqual(['B', 'A', 'C']);
  });

  it('are at most a thousand: what is watched goes before what is held', () => {
    const held = Array.from({ length: 2 * MAX_POLLED }, (_, index) => `H${index}`);
    const wanted = wantedSymbols(['A', 'B'], held);
    expect(wanted.size).toBe(MAX_POLLED);
    expect([...wanted].slice(0, 3)).toEqual(['A', 'B', 'H0']);
  });
});
