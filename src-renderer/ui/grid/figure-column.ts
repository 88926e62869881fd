import type { GridColumn } from './column.ts';

/** A column of figures: they stand at the end of their cell, and the first press of its header puts the largest on top. */
export function figureColumn<Row>(column: GridColumn<Row>): GridColumn<Row> {
  return { align: 'end', firstDirection: 'descending', ...column };
}
