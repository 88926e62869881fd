import { describe, expect, it } from 'vitest';
import { putBack } from './put-back.ts';

describe('putBack', () => {
  it('puts a symbol where it stood', () => {
    expect(putBack(['A', 'C', 'B'], 'B', ['A', 'B', 'C'])).toEqual(['A', 'B', 'C']);
    expect(putBack(['B', 'C', 'A'], 'A', ['A', 'B', 'C'])).toEqual(['A', 'B', 'C']);
  });

  it('keeps the order the others have been given since', () => {
    expect(putBack(['D', 'A', 'B'], 'C', ['A', 'B', 'C', 'D'])).toEqual(['D', 'A', 'B', 'C']);
  });

  it('looks further up when the neighbour is gone too', () => {
    expect(putBack(['A', 'D'], 'C', ['A', 'B', 'C', 'D'])).toEqual(['A', 'C', 'D']);
    expect(putBack([], 'C', ['A', 'B', 'C'])).toEqual(['C']);
  });
});
