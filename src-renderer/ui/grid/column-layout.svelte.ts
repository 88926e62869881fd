import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { columnTracks, limitWidth, type GridColumn } from './column.ts';

/** Which columns are seen, and how wide they are. */
export class ColumnLayout<Row> {
  readonly all: readonly GridColumn<Row>[];
  readonly #widths = new SvelteMap<string, number>();
  readonly #hidden = new SvelteSet<string>();
  readonly visible = $derived.by(() => this.all.filter((column) => !this.#hidden.has(column.id)));
  /** The `grid-template-columns` that header, rows and footer share. */
  readonly tracks = $derived.by(() =>
    columnTracks(this.visible.map((column) => ({ width: this.width(column), grow: this.#grows(column) }))),
  );
  /** The narrowest all visible columns together can be, in pixels. */
  readonly leastWidth = $derived.by(() => this.visible.reduce((sum, column) => sum + this.width(column), 0));

  constructor(columns: readonly GridColumn<Row>[]) {
    this.all = columns;
  }

  /** The present width of a column. */
  width(column: GridColumn<Row>): number {
    return this.#widths.get(column.id) ?? column.width;
  }

  /** Sets a column's width, within limits; a growing column keeps it from then on. */
  resize(column: GridColumn<Row>, width: number): void {
    this.#widths.set(column.id, limitWidth(width));
  }

  isHidden(column: GridColumn<Row>): boolean {
    return this.#hidden.has(column.id);
  }

  /** Hides or shows a column; the one that names the row stays. */
  toggle(column: GridColumn<Row>): void {
    if (column.hideable === false) return;
    if (!this.#hidden.delete(column.id)) this.#hidden.add(column.id);
  }

  #grows(column: GridColumn<Row>): boolean {
    return column.grow === true && !this.#widths.has(column.id);
  }
}
