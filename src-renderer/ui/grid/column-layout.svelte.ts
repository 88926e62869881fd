import { columnTracks, limitWidth, type GridColumn } from './column.ts';

/** What the user chose for columns, by their ids: widths in pixels, and which are hidden. */
export interface ColumnChoices {
  readonly widths: Readonly<Record<string, number>>;
  readonly hidden: readonly string[];
}

/** Where choices lie; `current` is read reactively. */
export interface ColumnMemory {
  current: ColumnChoices;
}

const NO_CHOICES: ColumnChoices = { widths: {}, hidden: [] };

/** A memory that lasts as long as whoever holds it. */
export class PassingMemory implements ColumnMemory {
  current: ColumnChoices = $state.raw(NO_CHOICES);
}

/** Which columns are seen, and how wide they are. */
export class ColumnLayout<Row> {
  readonly all: readonly GridColumn<Row>[];
  readonly #memory: ColumnMemory;
  readonly #widths = $derived.by(() => this.#chosenWidths());
  readonly #hidden = $derived.by(() => this.#chosenToHide());
  readonly visible = $derived.by(() => this.all.filter((column) => !this.isHidden(column)));
  /** The `grid-template-columns` that header, rows and footer share. */
  readonly tracks = $derived.by(() =>
    columnTracks(this.visible.map((column) => ({ width: this.width(column), grow: this.#grows(column) }))),
  );
  /** The narrowest all visible columns together can be, in pixels. */
  readonly leastWidth = $derived.by(() => this.visible.reduce((sum, column) => sum + this.width(column), 0));
  /** Whether anything is not as the grid would have it. */
  readonly isChosen = $derived.by(() => this.#widths.size > 0 || this.#hidden.size > 0);

  /** @param memory where choices are kept; what it holds of columns this grid does not have is ignored. */
  constructor(columns: readonly GridColumn<Row>[], memory: ColumnMemory = new PassingMemory()) {
    this.all = columns;
    this.#memory = memory;
  }

  /** The present width of a column. */
  width(column: GridColumn<Row>): number {
    return this.#widths.get(column.id) ?? column.width;
  }

  /** Sets a column's width, within limits; a growing column keeps it from then on. */
  resize(column: GridColumn<Row>, width: number): void {
    this.#keep(new Map(this.#widths).set(column.id, limitWidth(width)), this.#hidden);
  }

  isHidden(column: GridColumn<Row>): boolean {
    return this.#hidden.has(column.id);
  }

  /** Hides or shows a column; the one that names the row stays. */
  toggle(column: GridColumn<Row>): void {
    if (column.hideable === false) return;
    const hidden = new Set(this.#hidden);
    if (!hidden.delete(column.id)) hidden.add(column.id);
    this.#keep(this.#widths, hidden);
  }

  /** Gives every column its own width back, and shows all. */
  reset(): void {
    this.#memory.current = NO_CHOICES;
  }

  #keep(widths: ReadonlyMap<string, number>, hidden: ReadonlySet<string>): void {
    this.#memory.current = { widths: Object.fromEntries(widths), hidden: [...hidden] };
  }

  #chosenWidths(): Map<string, number> {
    const chosen = new Map(Object.entries(this.#memory.current.widths));
    return new Map(
      this.all.flatMap(({ id }) => {
        const width = chosen.get(id);
        return width === undefined ? [] : [[id, limitWidth(width)] as const];
      }),
    );
  }

  #chosenToHide(): Set<string> {
    const { hidden } = this.#memory.current;
    const isChosen = ({ id, hideable }: GridColumn<Row>): boolean =>
      hideable !== false && hidden.includes(id);
    return new Set(this.all.filter(isChosen).map(({ id }) => id));
  }

  #grows(column: GridColumn<Row>): boolean {
    return column.grow === true && !this.#widths.has(column.id);
  }
}
