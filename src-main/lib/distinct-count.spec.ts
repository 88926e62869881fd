import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DISTINCT_ERROR_PERCENT,
  addPlace,
  distinctCount,
  emptySketch,
  mergeSketch,
  sketchPlace,
  type SketchRegisters,
} from './distinct-count.ts';

function sketchOf(texts: Iterable<string>): SketchRegisters {
  const registers = emptySketch();
  for (const text of texts) addPlace(registers, sketchPlace(text));
  return registers;
}

function* names(prefix: string, count: number): Generator<string> {
  for (let index = 0; index < count; index += 1) yield `${prefix}${index}`;
}

describe('a sketch of distinct texts', () => {
  it('counts none, one and a few as they are', () => {
    expect(distinctCount(emptySketch())).toBe(0);
    expect(distinctCount(sketchOf(['']))).toBe(1);
    expect(distinctCount(sketchOf(['a', 'b', 'a', 'c', 'b']))).toBe(3);
  });

  it.each([100, 1000, 10_000, 20_000, 100_000])('has its stated standard error at %i names', (count) => {
    const errors = Array.from(
      { length: 24 },
      (_, kind) => distinctCount(sketchOf(names(`${kind * 7919}@`, count))) / count - 1,
    );
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
    expect(deviation * 100).toBeLessThan(1.3 * DISTINCT_ERROR_PERCENT);
    for (const error of errors) expect(Math.abs(error) * 100).toBeLessThan(3.5 * DISTINCT_ERROR_PERCENT);
  });

  it('is the same for the same texts in any order, repeated, and merged of parts', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (some, others) => {
        const merged = sketchOf(some);
        mergeSketch(merged, sketchOf(others));
        expect(merged).toEqual(sketchOf([...others.toReversed(), ...some, ...others]));
      }),
    );
  });

  it('keeps the places of texts, because sketches are stored', () => {
    expect(['', 'user_1', 'user@example.com'].map(sketchPlace)).toMatchInlineSnapshot(`
      [
        4865,
        24707,
        37635,
      ]
    `);
  });
});
