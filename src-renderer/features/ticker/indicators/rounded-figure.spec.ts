import { expect, it } from 'vitest';
import { roundedFigure } from './rounded-figure.ts';

it('rounds figures to a hundredth, and small ones to four digits', () => {
  expect([51.109_363, -1234.567, 0.012_345_6, -0.5, 0].map(roundedFigure)).toEqual([
    51.11, -1234.57, 0.012_35, -0.5, 0,
  ]);
});
