import { columnTracks, limitWidth, type ColumnBasis } from './column.ts';
import { arrangeColumns, movedOrder } from './column-order.ts';

/** What the user chose for columns, by their ids: widths in pixels, which are hidden, and their order. */
export interface ColumnChoices {
  readonly widths: Readonly<Record<string, number>>;
  readonly hidden: readonly string[];
  /** From first to last; left out while it is the grid's own. */
  readonly order?: readonly string[];
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

/** Which columns are seen, in which order, and how wide they are. */
export class ColumnLayout<Column extends ColumnBasis> {
  readonly all: readonly Column[];
  readonly #memory: ColumnMemory;
  readonly #widths = $derived.by(() => this.#chosenWidths());
  readonly #hidden = $derived.by(() => this.#chosenToHide());
  /** All columns in the order the user gave them; those that cannot be hidden stay at their places. */
  readonly ordered: readonly Column[] = $derived.by(() =>
    arrangeColumns(this.all, this.#memory.current.order ?? []),
  );
  readonly visible = $derived.by(() => this.ordered.filter((column) => !this.isHidden(column)));
  /** The `grid-template-columns` that header, rows and footer share. */
  readonly tracks = $derived.by(() =>
    columnTracks(this.visible.map((column) => ({ width: this.width(column), grow: this.#grows(column) }))),
  );
  /** The narrowest all visible columns together can be, in pixels. */
  readonly leastWidth = $derived.by(() => this.visible.reduce((sum, column) => sum + this.width(column), 0));
  /** Whether anything is not as the grid would have it. */
  readonly isChosen = $derived.by(
    () =>
      this.#widths.size > 0 ||
      this.#hidden.size > 0 ||
      this.ordered.some((column, place) => column !== this.all[place]),
  );

  /** @param memory where choices are kept; what it holds of columns this grid does not have is ignored. */
  constructor(columns: readonly Column[], memory: ColumnMemory = new PassingMemory()) {
    this.all = columns;
    this.#memory = memory;
  }

  /** The present width of a column. */
  width(column: Column): number {
    return this.#widths.get(column.id) ?? column.width;
  }

  /** Sets a column's width, within limits; a growing column keeps it from then on. */
  resize(column: Column, width: number): void {
    this.#keep(new Map(this.#widths).set(column.id, limitWidth(width)), this.#hidden);
  }

  isHidden(column: Column): boolean {
    return this.#hidden.has(column.id);
  }

  /** Hides or shows a column; the one that names the row stays. */
  toggle(column: Column): void {
    if (column.hideable === false) return;
    const hidden = new Set(this.#hidden);
    if (!hidden.delete(column.id)) hidden.add(column.id);
    this.#keep(this.#widths, hidden);
  }

  /** Moves a column to the place of another visible one; the one that names the row neither moves nor makes way. */
  move(column: Column, to: Column): void {
    const order = movedOrder(this.ordered, column, to);
    if (order === null) return;
    this.#memory.current = { ...this.#memory.current, order: order.map(({ id }) => id) };
  }

  /** Gives every column its own width and place back, and shows all. */
  reset(): void {
    this.#memory.current = NO_CHOICES;
  }

  #keep(widths: ReadonlyMap<string, number>, hidden: ReadonlySet<string>): void {
    const { order } = this.#memory.current;
    const kept = { widths: Object.fromEntries(widths), hidden: [...hidden] };
    this.#memory.current = order === undefined ? kept : { ...kept, order };
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
    const isChosen = ({ id, hideable }: Column): boolean => hideable !== false && hidden.includes(id);
    return new Set(this.all.filter(isChosen).map(({ id }) => id));
  }

  #grows(column: Column): boolean {
    return column.grow === true && !this.#widths.has(column.id);
  }
}
