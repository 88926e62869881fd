import { describe, expect, it } from 'vitest';
import { gapCount, withGaps } from './gaps.ts';

const spacing = { step: 60_000, gapAfter: 180_000 };
const at = (minute: number) => ({ at: minute * 60_000, value: minute });

describe('withGaps', () => {
  it('leaves a series without holes as it is', () => {
    expect(withGaps([at(0), at(1)], spacing)).toEqual([
      { ...at(0), afterGap: false },
      { ...at(1), afterGap: false },
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
    expect(items[3]).toMatchObject({ afterGap: false });
  });

  it('breaks the line where more is missing than the threshold', () => {
    expect(withGaps([at(0), at(4)], spacing).at(-1)).toMatchObject({ afterGap: true });
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
