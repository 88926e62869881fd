import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementTopOf, EXACT_ENDS, listTopOf } from './scroll-scale.ts';

const scale = { list: 140_000_000, element: 8_000_000 };

describe('the scale of a high list', () => {
  it('is one to one near both ends', () => {
    expect(listTopOf(1234, scale)).toBe(1234);
    expect(listTopOf(scale.element - 1234, scale)).toBe(scale.list - 1234);
    expect(listTopOf(EXACT_ENDS, scale)).toBe(EXACT_ENDS);
  });

  it('leads there and back, in the same order', () => {
    const scales = fc.record({
      list: fc.integer({ min: 8_000_001, max: 2_000_000_000 }),
      element: fc.constant(7_999_000),
    });
    const places = fc.double({ min: 0, max: 7_999_000, noNaN: true });
    fc.assert(
      fc.property(scales, places, places, (any, left, right) => {
        expect(elementTopOf(listTopOf(left, any), any)).toBeCloseTo(left, 3);
        if (left < right) expect(listTopOf(left, any)).toBeLessThanOrEqual(listTopOf(right, any));
        expect(listTopOf(left, any)).toBeLessThanOrEqual(any.list);
      }),
    );
  });
});
