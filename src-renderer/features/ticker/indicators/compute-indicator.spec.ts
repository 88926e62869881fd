import { describe, expect, it } from 'vitest';
import { computeIndicator } from './compute-indicator.ts';
import type { IndicatorChoice } from './indicator-choice.ts';

/**
 * The series and results that Tulip Indicators, an implementation in C of its own, publishes with its source
 * (tests/untest.txt), to three decimals.
 */
const CLOSES = Float64Array.of(
  81.59,
  81.06,
  82.87,
  83.0,
  83.61,
  83.15,
  82.84,
  83.99,
  84.55,
  84.36,
  85.53,
  86.54,
  86.89,
  87.77,
  87.29,
);

const PUBLISHED: { choice: IndicatorChoice; lines: number[][] }[] = [
  {
    choice: { kind: 'sma', period: 5 },
    lines: [[82.426, 82.738, 83.094, 83.318, 83.628, 83.778, 84.254, 84.994, 85.574, 86.218, 86.804]],
  },
  {
    choice: { kind: 'ema', period: 5 },
    lines: [[82.714, 82.859, 82.853, 83.232, 83.671, 83.901, 84.444, 85.143, 85.725, 86.407, 86.701]],
  },
  {
    choice: { kind: 'bollinger', period: 5, deviations: 2 },
    lines: [
      [84.322, 84.489, 83.655, 84.164, 84.838, 85.121, 85.997, 86.845, 87.612, 88.566, 88.319],
      [82.426, 82.738, 83.094, 83.318, 83.628, 83.778, 84.254, 84.994, 85.574, 86.218, 86.804],
      [80.53, 80.987, 82.533, 82.472, 82.418, 82.435, 82.511, 83.143, 83.536, 83.87, 85.289],
    ],
  },
  {
    choice: { kind: 'macd', fast: 2, slow: 5, signal: 9 },
    lines: [
      [0.618, 0.351, 0.111, 0.416, 0.578, 0.422, 0.684, 0.927, 0.891, 0.979, 0.621],
      [0.618, 0.564, 0.474, 0.462, 0.485, 0.473, 0.515, 0.597, 0.656, 0.721, 0.701],
      [0.0, -0.213, -0.363, -0.046, 0.093, -0.05, 0.169, 0.329, 0.235, 0.258, -0.08],
    ],
  },
  {
    choice: { kind: 'rsi', period: 5 },
    lines: [[72.034, 64.927, 75.936, 79.796, 74.713, 83.033, 87.478, 88.755, 91.483, 78.498]],
  },
];

describe('computeIndicator', () => {
  it.each(PUBLISHED)('gives the published values of $choice.kind', ({ choice, lines }) => {
    const computed = computeIndicator(choice, CLOSES);
    expect(computed).toHaveLength(lines.length);
    lines.forEach((expected, line) => {
      const missing = CLOSES.length - expected.length;
      const column = [...(computed[line] ?? [])];
      expect(column.slice(0, missing).every(Number.isNaN)).toBe(true);
      expect(column.slice(missing).map((value) => Math.round(value * 1000) / 1000 + 0)).toEqual(expected);
    });
  });

  it('has no value while there are fewer prices than its period', () => {
    const [line] = computeIndicator({ kind: 'rsi', period: 14 }, CLOSES.slice(0, 14));
    expect([...(line ?? [])].every(Number.isNaN)).toBe(true);
  });

  it('answers empty columns for no prices', () => {
    const lines = computeIndicator({ kind: 'macd', fast: 12, slow: 26, signal: 9 }, new Float64Array());
    expect(lines.map((line) => line.length)).toEqual([0, 0, 0]);
  });
});
