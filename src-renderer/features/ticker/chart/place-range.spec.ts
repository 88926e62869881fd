import { describe, expect, it } from 'vitest';
import { revealing, shifted } from './place-range.ts';

const VIEW = { from: 100, to: 200 };

describe('revealing', () => {
  it('leaves the view where the place is in it', () => {
    expect([100.5, 150, 199.5].map((place) => revealing(VIEW, place))).toEqual([null, null, null]);
  });

  it('moves the view just as far as the whole place needs, at the same width', () => {
    expect(revealing(VIEW, 0)).toEqual({ from: -0.5, to: 99.5 });
    expect(revealing(VIEW, 100)).toEqual({ from: 99.5, to: 199.5 });
    expect(revealing(VIEW, 250)).toEqual({ from: 150.5, to: 250.5 });
  });

  it('has nowhere to go without a view or a place', () => {
    expect([revealing(null, 3), revealing(VIEW, null), shifted(null, 3)]).toEqual([null, null, null]);
  });
});
