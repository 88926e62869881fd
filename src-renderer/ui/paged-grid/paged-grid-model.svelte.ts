import { ColumnLayout } from '../grid/column-layout.svelte.ts';
import type { GridPosition } from '../grid/grid-keys.ts';
import {
  rowsPerPage,
  rowWindow,
  scrollTopToShow,
  type RowWindow,
  type WindowInput,
} from '../grid/row-window.ts';
import { nextSort, type SortKey } from '../grid/sort.ts';
import type { KeyPress } from '../key-press.ts';
import { rowsInWords, sortInWords } from './grid-words.ts';
import type { PagedColumn } from './paged-column.ts';
import type { PagedGridOptions } from './paged-grid-options.ts';
import { pagedIntent, type PagedIntent } from './paged-keys.ts';
import { RecentKeys } from './recent-keys.ts';
import { RowCopy } from './row-copy.ts';
import { RowPicker, type PickMode } from './row-picker.ts';
import { RowSelection } from './row-selection.svelte.ts';
import type { RowSource } from './row-source.ts';
import { ScrollPlace } from './scroll-place.svelte.ts';
import { ShownList } from './shown-list.svelte.ts';

/**
 * State of a grid over rows that are fetched by place; made by its owner, handed to the component PagedGrid, which feeds
 * it with events and draws what its getters say.
 */
export class PagedGridModel<Row> {
  readonly options: PagedGridOptions<Row>;
  readonly columns: ColumnLayout<PagedColumn<Row>>;
  readonly list = new ShownList<Row>();
  readonly selection = new RowSelection<Row>();
  readonly copy: RowCopy<Row>;
  readonly #picker: RowPicker<Row>;
  readonly #highlighted = new RecentKeys(1000);
  #active = $state.raw<GridPosition>({ row: 0, column: 0 });
  #announcement = $state('');
  #owesCount = true;
  #seen = $state(0);
  /** Whether the focus is on a row; set by the component. */
  focused = $state(false);
  /** Whether a mouse is over the rows; set by the component. */
  pointed = $state(false);

  /** Rows to draw room for. Before anything is known, a view full of skeletons. */
  readonly rowCount: number = $derived.by(() => (this.list.isThere ? this.list.room : this.#viewRows));
  readonly place = new ScrollPlace(() => this.rowCount);
  readonly window: RowWindow = $derived.by(() => rowWindow(this.#windowInput));
  /** Places to draw: those in the window and, wherever it is, the one with the focus. */
  readonly drawn: readonly number[] = $derived.by(() => this.#drawnPlaces());

  constructor(options: PagedGridOptions<Row>) {
    this.options = options;
    this.columns = new ColumnLayout(options.columns, options.memory);
    const keyOf = (row: Row): string => options.keyOf(row);
    this.#picker = new RowPicker(this.list, this.selection, keyOf);
    this.copy = new RowCopy({
      list: this.list,
      selection: this.selection,
      keyOf,
      columns: () => this.columns.visible,
      activeRow: () => this.list.rowAt(this.active.row),
    });
  }

  /** Whether the first row is in sight. */
  get atTop(): boolean {
    return this.place.top < this.place.rowHeight;
  }

  /** Whether somebody is at the rows: scrolled away from the top, selected, focused or pointed at one. */
  get held(): boolean {
    return !this.atTop || !this.selection.isEmpty || this.focused || this.pointed;
  }

  /** How many rows the shown list has; null while unknown. */
  get shownCount(): number | null {
    return this.list.count;
  }

  /** How many rows are selected. */
  get selectedCount(): number {
    return this.selection.countOf(this.list.room);
  }

  /** The only selected row, or null. */
  get selectedRow(): Row | null {
    const { rows } = this.selection;
    return rows.length === 1 ? (rows[0]?.row ?? null) : null;
  }

  /** The active cell, the one that Tab reaches and arrow keys move; row −1 is the header. */
  get active(): GridPosition {
    const { row, column } = this.#active;
    return {
      row: Math.min(row, this.rowCount - 1),
      column: Math.min(column, this.columns.visible.length - 1),
    };
  }

  /** Rises when the active row is to be brought into view without a key of the grid. */
  get seen(): number {
    return this.#seen;
  }

  /** What a screen reader is to say. */
  get announcement(): string {
    return this.#announcement;
  }

  /** Why rows in view are missing or not the newest, or null. */
  get failure(): string | null {
    return this.list.failureIn(this.window);
  }

  activate(at: GridPosition): void {
    this.#active = at;
  }

  /** Takes what the owner wants to be shown; call it in an effect. */
  take(source: RowSource<Row> | null): void {
    this.list.take(source);
    this.#announceCount();
  }

  /** Asks for the rows in view; call it in an effect. */
  ask(): void {
    this.list.want(this.window, this.#comingView, this.place.ahead);
  }

  /** Whether the next list can take over. */
  get isReady(): boolean {
    return this.list.isReady(this.#comingView);
  }

  /** Lets the next list take over. Returns whether the view is to go to the top. */
  turnOver(): boolean {
    const { turn } = this.list;
    this.list.turnOver();
    this.#picker.reset();
    if (turn === 'scope') {
      this.selection.clear();
      this.#owesCount = true;
    }
    this.#announceCount();
    if (turn === 'version') return false;
    if (this.#active.row > 0) this.activate({ ...this.#active, row: 0 });
    return true;
  }

  /** Sorts by a column as a press of its header does. */
  sortBy(column: PagedColumn<Row>, additive: boolean): void {
    if (column.sortable === false) return;
    const sort = nextSort(this.options.sort(), column.id, column.firstDirection ?? 'ascending', additive);
    this.#announcement = sortInWords(sort, this.columns.all);
    this.options.onSort(sort);
  }

  /** The sort that is asked for. */
  get sort(): readonly SortKey[] {
    return this.options.sort();
  }

  /** Selects as a press on a row does. Rejects when rows of a range cannot be had. */
  async pick(place: number, mode: PickMode): Promise<void> {
    if (mode === 'range') this.#say(await this.#picker.extend(this.active.row, place));
    else this.#say(this.#picker.pick(place, mode));
  }

  clearSelection(): void {
    this.#say(this.#picker.clear());
  }

  /** Does what a key asks. Returns whether it was the grid's. Rejects, later, when rows to select cannot be had. */
  press(key: KeyPress): Promise<void> | null {
    const size = {
      rows: this.rowCount,
      columns: this.columns.visible.length,
      page: rowsPerPage(this.#windowInput),
    };
    const intent = pagedIntent(key, this.active, size);
    return intent === null ? null : this.#do(intent);
  }

  /** Opens the row at a place, if it is there. */
  open(place: number): void {
    const row = this.list.rowAt(place);
    if (row !== undefined) this.options.open?.(row);
  }

  /**
   * Makes the row before or after the only selected one the selected and active one.
   * @returns it, or null when there is none. Rejects with the reason when it cannot be had.
   */
  async selectNeighbour(by: 1 | -1): Promise<Row | null> {
    const picked = await this.#picker.neighbour(by);
    if (picked === null) return null;
    this.activate({ ...this.#active, row: picked.place });
    this.#seen++;
    return picked.row;
  }

  /** Whether a row is to be highlighted now; true once for each new row. */
  takeHighlight(row: Row): boolean {
    return this.options.isNew?.(row) === true && this.#highlighted.add(this.options.keyOf(row));
  }

  /** The `top` at which the active row is seen. */
  topForActive(): number {
    const { row } = this.active;
    return row < 0 ? this.place.top : scrollTopToShow(row, this.#windowInput);
  }

  async #do(intent: PagedIntent): Promise<void> {
    const { active } = this;
    const column = this.columns.visible[active.column];
    if (column === undefined) return;
    switch (intent.do) {
      case 'move':
        this.activate(intent.to);
        break;
      case 'extend':
        this.activate(intent.to);
        this.#say(await this.#picker.extend(active.row, intent.to.row));
        break;
      case 'select':
        this.#say(this.#picker.pick(active.row, 'toggle'));
        break;
      case 'select-all':
        this.#say(this.#picker.all());
        break;
      case 'clear':
        this.clearSelection();
        break;
      case 'open':
        this.open(active.row);
        break;
      default:
        this.#doToColumn(intent, column);
    }
  }

  #doToColumn(intent: PagedIntent, column: PagedColumn<Row>): void {
    if (intent.do === 'sort') this.sortBy(column, intent.additive);
    if (intent.do === 'resize') this.columns.resize(column, this.columns.width(column) + intent.by);
    if (intent.do === 'move-column') this.moveColumn(column, this.active.column + intent.by);
  }

  /** Moves a column to a place among the visible ones, and the active cell of the header with it. */
  moveColumn(column: PagedColumn<Row>, to: number): void {
    const target = this.columns.visible[to];
    if (target === undefined) return;
    this.columns.move(column, target);
    const place = this.columns.visible.indexOf(column);
    this.activate({ row: -1, column: place });
    this.#announcement = `${column.title} is column ${place + 1} of ${this.columns.visible.length}`;
  }

  #say(words: string | null): void {
    if (words !== null) this.#announcement = words;
  }

  #announceCount(): void {
    const { count } = this.list;
    if (!this.#owesCount || count === null || this.list.isOutdated) return;
    this.#owesCount = false;
    this.#announcement = rowsInWords(count);
  }

  get #viewRows(): number {
    return Math.ceil(this.place.viewHeight / this.place.rowHeight);
  }

  /** What has to be there of the next list before it takes over. */
  get #comingView(): RowWindow {
    const { turn } = this.list;
    return turn === 'version' ? this.window : { first: 0, end: this.#viewRows };
  }

  get #windowInput(): WindowInput {
    const { top: scrollTop, viewHeight: viewportHeight, rowHeight } = this.place;
    return { scrollTop, viewportHeight, rowHeight, rowCount: this.rowCount };
  }

  #drawnPlaces(): readonly number[] {
    const { first, end } = this.window;
    const places = Array.from({ length: end - first }, (_, offset) => first + offset);
    const { row } = this.active;
    return this.focused && row >= 0 && (row < first || row >= end) ? [...places, row] : places;
  }
}
