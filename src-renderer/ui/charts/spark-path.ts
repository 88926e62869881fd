import { area, line } from 'd3-shape';

/** The box of a sparkline in its own units; CSS stretches it. */
export const SPARK_BOX = { width: 100, height: 28, inset: 2 } as const;

/** SVG paths of a sparkline. */
export interface SparkPaths {
  line: string;
  area: string;
}

/** Paths through evenly spaced values, oldest first, from the lowest at the bottom to the highest at the top. */
export function sparkPaths(values: readonly number[]): SparkPaths | null {
  if (values.length < 2) return null;
  const { width, height, inset } = SPARK_BOX;
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const x = (_: number, index: number): number => round((index / (values.length - 1)) * width);
  const y = (value: number): number =>
    span === 0 ? height / 2 : round(height - inset - ((value - low) / span) * (height - 2 * inset));
  const points = [...values];
  return {
    line: line<number>(x, y)(points) ?? '',
    area: area<number>(x, height, y)(points) ?? '',
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Whether the last value stands above, below or at the first: 1, −1 or 0. */
export function sparkDirection(values: readonly number[]): -1 | 0 | 1 {
  const first = values[0];
  const last = values.at(-1);
  if (first === undefined || last === undefined || first === last) return 0;
  return last > first ? 1 : -1;
}
