import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff } from './backoff.ts';
import { seededRandom } from './random.ts';

const plain = { first: 50, max: 3_000, factor: 2, jitter: 0 };

function draw(waits: { next(): number }, count: number): number[] {
  return Array.from({ length: count }, () => waits.next());
}

describe('backoff', () => {
  it('grows by the factor from the first wait to the longest', () => {
    expect(draw(backoff(plain, seededRandom(1)), 9)).toEqual([
      50, 100, 200, 400, 800, 1_600, 3_000, 3_000, 3_000,
    ]);
  });

  it('may stay the same', () => {
    const steady = { first: 50, max: 50, factor: 1, jitter: 0 };
    expect(draw(backoff(steady, seededRandom(1)), 3)).toEqual([50, 50, 50]);
  });

  it('begins again after a reset', () => {
    const waits = backoff(plain, seededRandom(1));
    draw(waits, 4);
    waits.reset();
    expect(draw(waits, 2)).toEqual([50, 100]);
  });

  it('takes off what chance says, in whole milliseconds', () => {
    const waits = backoff({ ...plain, jitter: 0.5 }, { next: () => 0.5 });
    expect(draw(waits, 3)).toEqual([38, 75, 150]);
  });

  it('stays between the wait without its jitter and the wait, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (seed, jitter) => {
        const exact = draw(backoff(plain, seededRandom(seed)), 12);
        const jittered = draw(backoff({ ...plain, jitter }, seededRandom(seed)), 12);
        jittered.forEach((wait, index) => {
          const longest = exact[index] ?? 0;
          expect(wait).toBeLessThanOrEqual(longest);
          expect(wait).toBeGreaterThanOrEqual(Math.floor(longest * (1 - jitter)));
        });
      }),
    );
  });

  it('spreads those who failed together', () => {
    const firsts = Array.from({ length: 20 }, (_, seed) =>
      backoff({ ...plain, jitter: 0.5 }, seededRandom(seed)).next(),
    );
    expect(new Set(firsts).size).toBeGreaterThan(5);
  });

  it('names the option that is out of range', () => {
    const random = seededRandom(1);
    expect(() => backoff({ ...plain, first: 0 }, random)).toThrow('first is above 0, not 0');
    expect(() => backoff({ ...plain, first: Number.NaN }, random)).toThrow('first is');
    expect(() => backoff({ ...plain, max: 49 }, random)).toThrow('max is at least first (50), not 49');
    expect(() => backoff({ ...plain, max: Number.POSITIVE_INFINITY }, random)).toThrow('max is');
    expect(() => backoff({ ...plain, factor: 0.9 }, random)).toThrow('factor is at least 1, not 0.9');
    expect(() => backoff({ ...plain, jitter: 1.1 }, random)).toThrow('jitter is between 0 and 1, not 1.1');
    expect(() => backoff({ ...plain, jitter: -0.1 }, random)).toThrow('jitter is');
  });
});
