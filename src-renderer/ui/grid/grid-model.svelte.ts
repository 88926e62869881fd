import type { KeyPress } from '../key-press.ts';
import { ColumnLayout, type ColumnMemory } from './column-layout.svelte.ts';
import type { GridColumn } from './column.ts';
import { gridIntent, type GridPosition } from './grid-keys.ts';
import { HeldOrder, type HeldView } from './held-order.ts';
import { rowsPerPage, rowWindow, scrollTopToShow, type WindowInput } from './row-window.ts';
import { nextSort, sortedKeys, type SortKey, type SortLevel } from './sort.ts';
import { textFilter } from './text-filter.ts';

/** What a grid shows and how. */
export interface GridOptions<Row> {
  columns: readonly GridColumn<Row>[];
  /** Where widths and hidden columns are remembered; without it they last as long as the grid. */
  memory?: ColumnMemory;
  /** All rows by key; read reactively, so a getter over state. */
  rows(): ReadonlyMap<string, Row>;
  /** What the rows belong to; when it changes, the list is another one and nothing is held. */
  scope?(): string;
  sort?: readonly SortKey[];
  /** The rows come in an order that the user chose, which stands while no column sorts. */
  ordered?: boolean;
  /** Called for Enter or a double click on a row. */
  open?(key: string, row: Row): void;
}

/** A place in the list by what is there, so that it survives a change of order. Key null is the header. */
interface ActiveCell {
  key: string | null;
  column: number;
}

/** A row to draw; `row` is undefined for a place whose row is gone while the order is held. */
export interface DrawnRow<Row> {
  key: string;
  index: number;
  row: Row | undefined;
}

function placesOf(keys: readonly string[]): Map<string, number> {
  return new Map(keys.map((key, index) => [key, index]));
}

/**
 * State of a data grid: sort, filter, selection, the active cell, the window of rows to draw, and the order that holds
 * still while the user is at a row. Components read its getters and hand it events.
 */
export class GridModel<Row> {
  readonly columns: ColumnLayout<GridColumn<Row>>;
  readonly #options: GridOptions<Row>;
  readonly #held = new HeldOrder();
  #sort = $state.raw<readonly SortKey[]>([]);
  #filter = $state('');
  #accepted = $state(0);
  #active = $state.raw<ActiveCell>({ key: null, column: 0 });
  #selected = $state<string | null>(null);
  /** Whether the focus is on a row; set by the component. */
  focused = $state(false);
  /** Whether a mouse is over the rows; set by the component. */
  pointed = $state(false);
  /** Scroll position and sizes in pixels, as the component measures them. */
  scrollTop = $state(0);
  viewportHeight = $state(0);
  rowHeight = $state(28);

  readonly #levels = $derived.by(() => this.#sort.flatMap((key) => this.#levelOf(key)));
  readonly #matching = $derived.by(() => this.#filterRows());
  readonly #wanted = $derived.by(() => sortedKeys(this.#matching, this.#levels, this.#options.ordered));
  readonly #view: HeldView = $derived.by(() =>
    this.#held.arrange(this.#wanted, this.#isHeld, this.#revision),
  );
  /** Keys in the order in which they are shown. */
  readonly keys = $derived.by(() => this.#view.keys);
  /** The rows shown, in order, without the places of rows that are gone. */
  readonly shownRows = $derived.by(() =>
    this.keys.map((key) => this.#options.rows().get(key)).filter((row) => row !== undefined),
  );
  /** The rows to draw: those in the window and, wherever it is, the one with the focus. */
  readonly drawn: readonly DrawnRow<Row>[] = $derived.by(() => this.#drawnRows());
  readonly #places: ReadonlyMap<string, number> = $derived.by(() => placesOf(this.keys));

  constructor(options: GridOptions<Row>) {
    this.#options = options;
    this.columns = new ColumnLayout(options.columns, options.memory);
    this.#sort = options.sort ?? [];
  }

  get sort(): readonly SortKey[] {
    return this.#sort;
  }

  get filter(): string {
    return this.#filter;
  }

  set filter(text: string) {
    this.#filter = text;
  }

  get selected(): string | null {
    return this.#selected;
  }

  /** How many rows there are in all, before the filter. */
  get total(): number {
    return this.#options.rows().size;
  }

  /** What waits behind the notice. A mouse that only passes over holds the list still too, but without a notice. */
  get pending(): HeldView | null {
    const view = this.#view;
    const waits = view.added > 0 || view.removed > 0 || view.reordered;
    return waits && this.#isHeldByChoice ? view : null;
  }

  /** The active cell; the one that Tab reaches and arrow keys move. */
  get active(): GridPosition {
    const { key, column } = this.#active;
    const row = key === null ? -1 : (this.#places.get(key) ?? -1);
    return { row, column: Math.min(column, this.columns.visible.length - 1) };
  }

  /** Makes a cell the active one; row −1 is the header. */
  activate(at: GridPosition): void {
    this.#active = { key: this.keys[at.row] ?? null, column: at.column };
  }

  /** Selects a row, or lets go of it when it is the selected one. */
  toggleSelected(key: string): void {
    this.#selected = this.#selected === key ? null : key;
  }

  /** Lets go of the selection. */
  clearSelection(): void {
    this.#selected = null;
  }

  /** Sorts by a column as a press of its header does. */
  sortBy(column: GridColumn<Row>, additive: boolean): void {
    if (column.sortValue === undefined) return;
    this.#sort = nextSort(this.#sort, column.id, column.firstDirection ?? 'ascending', additive);
  }

  /** Goes back to the sort the grid began with. */
  resetSort(): void {
    this.#sort = this.#options.sort ?? [];
  }

  /**
   * Takes over the order that waits.
   * @returns the scroll position at which the active or selected row stands where it stood before.
   */
  acceptPending(): number {
    const anchor = this.#selected ?? this.#active.key;
    const before = anchor === null ? undefined : this.#places.get(anchor);
    this.#accepted++;
    const after = anchor === null ? undefined : this.#places.get(anchor);
    if (before === undefined || after === undefined) return this.scrollTop;
    return Math.max(0, this.scrollTop + (after - before) * this.rowHeight);
  }

  /** Does what a key asks. Returns whether it was the grid's. */
  press(key: KeyPress): boolean {
    const size = {
      rows: this.keys.length,
      columns: this.columns.visible.length,
      page: rowsPerPage(this.#windowInput),
    };
    const intent = gridIntent(key, this.active, size);
    const column = this.columns.visible[this.active.column];
    if (intent === null || column === undefined) return false;
    switch (intent.do) {
      case 'move':
        this.activate(intent.to);
        break;
      case 'sort':
        this.sortBy(column, intent.additive);
        break;
      case 'resize':
        this.columns.resize(column, this.columns.width(column) + intent.by);
        break;
      case 'open':
        this.open(this.#active.key);
        break;
      case 'select':
        if (this.#active.key !== null) this.toggleSelected(this.#active.key);
        break;
      case 'clear':
        this.clearSelection();
    }
    return true;
  }

  /** Opens a row, if it is still there. */
  open(key: string | null): void {
    const row = key === null ? undefined : this.#options.rows().get(key);
    if (key !== null && row !== undefined) this.#options.open?.(key, row);
  }

  /** The scroll position at which the active row is seen. */
  scrollTopForActive(): number {
    const { row } = this.active;
    return row < 0 ? this.scrollTop : scrollTopToShow(row, this.#windowInput);
  }

  get #isHeldByChoice(): boolean {
    return this.#selected !== null || this.focused || this.scrollTop > 0;
  }

  get #isHeld(): boolean {
    return this.#isHeldByChoice || this.pointed;
  }

  get #revision(): string {
    const sort = this.#sort.map((key) => `${key.column} ${key.direction}`).join();
    return JSON.stringify([this.#options.scope?.(), this.#filter, sort, this.#accepted]);
  }

  get #windowInput(): WindowInput {
    // Until it is measured, and in tests without layout, a usual height stands in.
    const viewportHeight = this.viewportHeight > 0 ? this.viewportHeight : 640;
    const { scrollTop, rowHeight } = this;
    return { scrollTop, viewportHeight, rowHeight, rowCount: this.keys.length };
  }

  #levelOf(key: SortKey): SortLevel<Row>[] {
    const column = this.columns.all.find((candidate) => candidate.id === key.column);
    if (column?.sortValue === undefined) return [];
    return [{ direction: key.direction, valueOf: (row) => column.sortValue?.(row) ?? null }];
  }

  #filterRows(): Iterable<readonly [string, Row]> {
    const rows = this.#options.rows();
    const matches = textFilter(this.#filter);
    if (matches === null) return rows;
    const searched = this.columns.all.filter((column) => column.filterText !== undefined);
    const textOf = (row: Row): string => searched.map((column) => column.filterText?.(row)).join(' ');
    return [...rows].filter(([, row]) => matches(textOf(row)));
  }

  #drawnRows(): DrawnRow<Row>[] {
    const { first, end } = rowWindow(this.#windowInput);
    const rows = this.#options.rows();
    const drawn = this.keys
      .slice(first, end)
      .map((key, offset) => ({ key, index: first + offset, row: rows.get(key) }));
    const { row: active } = this.active;
    const key = this.keys[active];
    if (!this.focused || key === undefined || (active >= first && active < end)) return drawn;
    return [...drawn, { key, index: active, row: rows.get(key) }];
  }
}
