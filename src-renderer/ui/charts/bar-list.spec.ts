import { describe, expect, it } from 'vitest';
import { barLength } from './bar-list.ts';

describe('barLength', () => {
  it('is a part of the longest, whatever the sign', () => {
    const bars = [
      { id: 'a', value: -4 },
      { id: 'b', value: 1 },
    ];
    expect(bars.map((bar) => barLength(bar.value, bars))).toEqual([100, 25]);
  });

  it('is nothing while all are nothing', () => {
    expect(barLength(0, [{ id: 'a', value: 0 }])).toBe(0);
    expect(barLength(0, [])).toBe(0);
  });
});
