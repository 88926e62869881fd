import type { Snippet } from 'svelte';
import type { SortDirection, SortValue } from './sort.ts';

/** What every kind of grid needs to know of a column to lay it out. Widths are in CSS pixels. */
export interface ColumnBasis {
  id: string;
  title: string;
  width: number;
  /** Numbers stand at the end of their cell, so that digits line up. Default: start. */
  align?: 'start' | 'end';
  /** Takes the width the others leave over. */
  grow?: boolean;
  /** False for the column that names the row. Default: true. */
  hideable?: boolean;
}

/** A column of a grid that holds all its rows. */
export interface GridColumn<Row> extends ColumnBasis {
  /** What the column is ordered by; without it the header does not sort. */
  sortValue?(row: Row): SortValue;
  /** Direction of the first press of the header. Default: ascending. */
  firstDirection?: SortDirection;
  /** Text the filter looks at. */
  filterText?(row: Row): string;
  /** Draws the cell of a row. */
  cell: Snippet<[Row]>;
  /** Draws the total below the column. */
  footer?: Snippet;
}

/** The narrowest a column can be made, and the widest. */
export const COLUMN_LIMITS = { least: 48, most: 800 } as const;

/** A width within {@link COLUMN_LIMITS}. */
export function limitWidth(width: number): number {
  return Math.round(Math.min(COLUMN_LIMITS.most, Math.max(COLUMN_LIMITS.least, width)));
}

/** The `grid-template-columns` of columns with these widths: all fixed, but growing ones take what is left. */
export function columnTracks(columns: readonly { width: number; grow: boolean }[]): string {
  return columns.map(({ width, grow }) => (grow ? `minmax(${width}px, 1fr)` : `${width}px`)).join(' ');
}
