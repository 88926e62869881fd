import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MergeSort } from './merge-sort.ts';

describe('MergeSort', () => {
  it('sorts any number of items, and keeps the order of equal ones', () => {
    const length = fc.oneof(fc.nat(10), fc.constantFrom(2_047, 2_048, 2_049, 4_096, 10_000));
    fc.assert(
      fc.property(length, fc.integer({ min: 1, max: 5_000 }), (count, different) => {
        const items = Uint32Array.from({ length: count }, (_, index) => index);
        const key = (item: number): number => (item * 7_919) % different;
        const sort = new MergeSort(items.slice(), (one, other) => key(one) - key(other));
        let progress = 0;
        while (!sort.done) {
          sort.step();
          expect(sort.progress).toBeGreaterThan(progress);
          progress = sort.progress;
        }
        expect(progress).toBe(count === 0 ? progress : 1);
        expect([...sort.items]).toEqual([...items].sort((one, other) => key(one) - key(other)));
      }),
      { numRuns: 40 },
    );
  });
});
