import { describe, expect, it } from 'vitest';
import { continues, gapCount, withGaps } from './gaps.ts';

const spacing = { step: 60_000, gapAfter: 180_000 };
const at = (minute: number, value = minute) => ({ at: minute * 60_000, value });

describe('withGaps', () => {
  it('leaves a series without holes as it is', () => {
    expect(withGaps([at(0), at(1)], spacing)).toEqual([
      { ...at(0), beforeGap: false },
      { ...at(1), beforeGap: false },
    ]);
  });

  it('fills missing minutes with blanks, so that distance stays time', () => {
    const items = withGaps([at(0), at(3)], spacing);
    expect(items.map((item) => [item.at / 60_000, item.value])).toEqual([
      [0, 0],
      [1, null],
      [2, null],
      [3, 3],
    ]);
    expect(items[0]).toMatchObject({ beforeGap: false });
  });

  it('breaks the line where more is missing than the threshold', () => {
    const items = withGaps([at(0), at(4)], spacing);
    expect(items[0]).toMatchObject({ beforeGap: true });
    expect(items.at(-1)).toMatchObject({ beforeGap: false });
  });

  it('bounds the blanks of a very long gap and keeps time ascending', () => {
    const items = withGaps([at(0), at(1_000_000)], spacing);
    expect(items.length).toBe(1502);
    expect(items.every((item, index) => index === 0 || item.at > (items[index - 1]?.at ?? 0))).toBe(true);
  });
});

describe('gapCount', () => {
  it('counts the places where the line breaks', () => {
    expect(gapCount([at(0), at(1), at(9), at(10), at(30)], spacing)).toBe(2);
  });
});

describe('continues', () => {
  const before = [at(0), at(1), at(2)];
  const [first, second] = before as [ReturnType<typeof at>, ReturnType<typeof at>];

  it('knows a series whose end changed or grew', () => {
    expect(continues(before, [first, second, at(2, 99)], spacing)).toBe(true);
    expect(continues(before, [first, second, at(2, 99), at(3)], spacing)).toBe(true);
  });

  it('knows another series, one that lost its beginning, and one with a hole before the new point', () => {
    expect(continues(before, [at(0), at(1), at(2)], spacing)).toBe(false);
    expect(continues(before, [second, at(2), at(3)], spacing)).toBe(false);
    expect(continues(before, [...before, at(5)], spacing)).toBe(false);
    expect(continues([], [at(0)], spacing)).toBe(false);
  });
});
