/** What the parts of all columns are: one name and colour each. */
export interface StackedSeries {
  id: string;
  name: string;
  /** Any CSS colour, of a token. */
  colour: string;
}

/** A column with its parts, in the order of the series. */
export interface StackedColumn {
  id: string;
  /** Short, for the axis. */
  label: string;
  /** In full, for those who hear it. */
  name: string;
  total: number;
  values: readonly number[];
}

/** The column under a place on the chart, given as a part of its width from 0 to 1. */
export function columnAt(place: number, count: number): number | null {
  if (count === 0) return null;
  return Math.max(0, Math.min(count - 1, Math.floor(place * count)));
}
