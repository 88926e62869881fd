import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrequentNames } from './frequent-names.ts';

const CAPACITY = 8;
/** Names of very different frequency. */
const stream = fc.array(
  fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 40 }).map(String)),
  { maxLength: 400 },
);

function sketchOf(names: readonly string[]): FrequentNames {
  const sketch = new FrequentNames(CAPACITY);
  for (const name of names) sketch.add(name);
  return sketch;
}

function trueCounts(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function expectBounds(sketch: FrequentNames, names: readonly string[]): void {
  const counts = trueCounts(names);
  const top = sketch.top(CAPACITY);
  expect(sketch.size).toBeLessThanOrEqual(CAPACITY);
  for (const { name, count, error } of top) {
    expect(counts.get(name) ?? 0).toBeLessThanOrEqual(count);
    expect(counts.get(name) ?? 0).toBeGreaterThanOrEqual(count - error);
    expect(error).toBeLessThanOrEqual(names.length / CAPACITY);
  }
  const known = new Set(top.map(({ name }) => name));
  for (const [name, count] of counts) if (count > names.length / CAPACITY) expect(known).toContain(name);
}

describe('FrequentNames', () => {
  it('counts exactly while there are no more names than counters', () => {
    const sketch = sketchOf(['b', 'a', 'b', 'c']);
    sketch.add('c', 3);
    expect(sketch.top(2)).toEqual([
      { name: 'c', count: 4, error: 0 },
      { name: 'b', count: 2, error: 0 },
    ]);
  });

  it('lets a new name take over the smallest counter, and says what may be too much', () => {
    const sketch = sketchOf(['a', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
    sketch.add('new');
    expect(sketch.size).toBe(CAPACITY);
    expect(sketch.top(2)).toEqual([
      { name: 'a', count: 2, error: 0 },
      { name: 'new', count: 2, error: 1 },
    ]);
  });

  it('finds one that begins late among endlessly many that come once', () => {
    const sketch = new FrequentNames(100);
    for (let index = 0; index < 50_000; index += 1) {
      sketch.add(`once ${index}`);
      if (index > 25_000 && index % 20 === 0) sketch.add('late');
    }
    expect(sketch.top(1)[0]?.name).toBe('late');
  });

  it('keeps its bounds for any stream', () => {
    fc.assert(fc.property(stream, (names) => expectBounds(sketchOf(names), names)));
  });

  it('goes on after it was stored and read as if it had not been', () => {
    fc.assert(
      fc.property(stream, stream, (before, after) => {
        const live = sketchOf(before);
        const read = new FrequentNames(CAPACITY, live.top(CAPACITY));
        for (const name of after) {
          live.add(name);
          read.add(name);
        }
        expect(read.top(CAPACITY)).toEqual(live.top(CAPACITY));
      }),
    );
  });
});
