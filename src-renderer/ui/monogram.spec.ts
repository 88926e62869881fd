import { describe, expect, it } from 'vitest';
import { monogramOf } from './monogram.ts';

describe('monogramOf', () => {
  it('takes the first two letters or digits', () => {
    expect(['AAPL', 'brk.b', '^GSPC', 'F', '.^='].map((text) => monogramOf(text).letters)).toEqual([
      'AA',
      'BR',
      'GS',
      'F',
      '',
    ]);
  });

  it('gives the same text the same colour, and uses all of them', () => {
    expect(monogramOf('AAPL')).toEqual(monogramOf('AAPL'));
    const tokens = new Set(Array.from({ length: 200 }, (_, index) => monogramOf(`S${index}`).token));
    expect(tokens.size).toBe(8);
  });
});
