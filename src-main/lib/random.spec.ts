import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import type { Random } from './random.ts';

function draw(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.next());
}

describe('seededRandom', () => {
  it('gives this very sequence for seed 7, on every platform and in every version', () => {
    const random = seededRandom(7);
    expect(draw(random, 3)).toEqual([0.4996887087265153, 0.23229670437250327, 0.6388939366869189]);
    expect(random.int(1, 1_000_000)).toBe(509643);
    expect(random.normal()).toBe(0.8416077582181826);
    expect(random.fork('prices').next()).toBe(0.8666116948375814);
  });

  it('repeats a sequence for the same seed and gives another for another, high bits included', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (one, other) => {
        expect(draw(seededRandom(one), 5)).toEqual(draw(seededRandom(one), 5));
        if (one !== other) expect(draw(seededRandom(one), 5)).not.toEqual(draw(seededRandom(other), 5));
      }),
    );
    expect(draw(seededRandom(1), 5)).not.toEqual(draw(seededRandom(1 + 2 ** 40), 5));
  });

  it('refuses a seed that is no safe integer', () => {
    for (const seed of [Number.NaN, 0.5, 2 ** 53]) expect(() => seededRandom(seed)).toThrow(RangeError);
  });

  it('fills [0, 1) evenly', () => {
    const buckets = new Array<number>(10).fill(0);
    const random = seededRandom(1);
    for (const value of draw(random, 100_000)) {
      const bucket = Math.floor(value * 10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    expect(buckets).toHaveLength(10);
    for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('gives integers within the range, both ends among them', () => {
    const random = seededRandom(2);
    const seen = new Set(Array.from({ length: 200 }, () => random.int(-2, 2)));
    expect([...seen].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
    expect(random.int(9, 9)).toBe(9);
  });

  it('refuses ranges that are none', () => {
    const random = seededRandom(2);
    expect(() => random.int(2, 1)).toThrow(/not 2 to 1/);
    expect(() => random.int(0.5, 1)).toThrow(RangeError);
    expect(() => random.int(0, Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });

  it('picks every item sooner or later, and nothing from nothing', () => {
    const random = seededRandom(3);
    const seen = new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c'])));
    expect([...seen].toSorted()).toEqual(['a', 'b', 'c']);
    expect(() => random.pick([])).toThrow('nothing to pick from');
  });

  it('draws normal numbers of mean 0 and variance 1', () => {
    const random = seededRandom(4);
    const values = Array.from({ length: 50_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
    const beyondOne = values.filter((value) => Math.abs(value) > 1).length / values.length;
    expect(Math.abs(beyondOne - 0.317)).toBeLessThan(0.02);
  });

  it('forks the same sequence whatever was drawn before, and another for each name and seed', () => {
    const fresh = draw(seededRandom(5).fork('a'), 5);
    const used = seededRandom(5);
    draw(used, 100);
    expect(draw(used.fork('a'), 5)).toEqual(fresh);
    expect(draw(used.fork('b'), 5)).not.toEqual(fresh);
    expect(draw(seededRandom(6).fork('a'), 5)).not.toEqual(fresh);
    expect(draw(seededRandom(5), 5)).not.toEqual(fresh);
    expect(draw(used.fork('a').fork('a'), 5)).not.toEqual(fresh);
  });
});
