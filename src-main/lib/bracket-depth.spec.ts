import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracketDepth, isNestedDeeperThan } from './bracket-depth.ts';

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe('the depth of brackets', () => {
  it('is that of objects and arrays, whatever their strings contain', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'large' }), fc.integer({ min: 2, max: 6 }), (value, levels) => {
        for (const text of [JSON.stringify(value), JSON.stringify(value, null, 1)]) {
          expect(bracketDepth(text)).toBe(depthOf(value));
          expect(isNestedDeeperThan(levels, text)).toBe(depthOf(value) > levels);
        }
      }),
    );
  });

  it('is not counted where nothing is nested', () => {
    expect(isNestedDeeperThan(2, '[{"a":"[[[[","b":1},{"a":"{{{{"}]')).toBe(false);
    expect(isNestedDeeperThan(2, '{"a":{"b":[]}}')).toBe(true);
    expect(isNestedDeeperThan(2, '[[[]]]')).toBe(true);
  });
});
