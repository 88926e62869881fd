import { untrack } from 'svelte';
import { PAGE_ROWS, PageCache, type PlaceState } from './page-cache.svelte.ts';
import type { RowSource } from './row-source.ts';

/** Places from `first` to before `end`. */
interface Places {
  first: number;
  end: number;
}

/** What the change from one source to the next means for the view. */
export type Turn = 'scope' | 'sort' | 'version';

/** One source with the pages that were fetched of it. */
class Snapshot<Row> {
  #source = $state.raw() as RowSource<Row>;
  readonly cache: PageCache<Row>;

  constructor(source: RowSource<Row>) {
    this.#source = source;
    this.cache = new PageCache((offset, limit, signal) => this.#source.fetch(offset, limit, signal));
  }

  get source(): RowSource<Row> {
    return this.#source;
  }

  /** Takes the same list with better knowledge of its length. */
  renew(source: RowSource<Row>): void {
    this.#source = source;
  }

  /** Rows there are, null while nobody knows. */
  get count(): number | null {
    return this.source.count ?? (this.cache.isEndKnown ? this.cache.end : null);
  }

  /** Rows there is room for: while the length is unknown, one page more than came. */
  get room(): number {
    return this.count ?? this.cache.end + PAGE_ROWS;
  }

  within({ first, end }: Places): Places {
    return { first, end: Math.min(end, this.room) };
  }
}

function turnBetween(before: RowSource<unknown>, after: RowSource<unknown>): Turn | null {
  if (before.scope !== after.scope) return 'scope';
  if (JSON.stringify(before.sort) !== JSON.stringify(after.sort)) return 'sort';
  return before.version === after.version ? null : 'version';
}

/**
 * The list that is shown, and the next one while its first rows are on their way: it takes over when all rows in view are
 * there, so that rows of two lists never stand together and nothing flickers in between.
 */
export class ShownList<Row> {
  #shown = $state.raw<Snapshot<Row> | null>(null);
  #coming = $state.raw<Snapshot<Row> | null>(null);
  /** A still later version; asked for when the coming one is there, so that a quick series of them shows some. */
  #later: RowSource<Row> | null = null;
  #isAway = $state(true);

  /** Rows there are, null while nobody knows. */
  get count(): number | null {
    return this.#shown?.count ?? null;
  }

  /** Rows there is room for; 0 before the first source. */
  get room(): number {
    return this.#shown?.room ?? 0;
  }

  /** Whether any list is there, loaded or not. */
  get isThere(): boolean {
    return this.#shown !== null;
  }

  /** Stands for the list that is shown: another one has another. */
  get identity(): object | null {
    return this.#shown;
  }

  /** What the next list is beside the shown one, or null when none is coming. */
  get turn(): Turn | null {
    if (this.#shown === null || this.#coming === null) return null;
    return turnBetween(this.#shown.source, this.#coming.source);
  }

  /** Whether what is shown is not what was asked for. */
  get isOutdated(): boolean {
    return (this.#isAway && this.#shown !== null) || this.turn === 'scope' || this.turn === 'sort';
  }

  rowAt(place: number): Row | undefined {
    return this.#shown?.cache.rowAt(place);
  }

  stateAt(place: number): PlaceState {
    return this.#shown?.cache.stateAt(place) ?? 'loading';
  }

  /** Why rows in view are not there or not the newest, or null. */
  failureIn(view: Places): string | null {
    return this.#shown?.cache.failureIn(view.first, view.end) ?? this.#coming?.cache.failure ?? null;
  }

  /** The place of a row that was fetched, or null. */
  find(isIt: (row: Row) => boolean): number | null {
    return this.#shown?.cache.find(isIt) ?? null;
  }

  /** Takes what the owner wants to be shown. */
  take(source: RowSource<Row> | null): void {
    this.#isAway = source === null;
    if (source === null) return;
    const shown = this.#shown;
    if (shown === null) this.#shown = new Snapshot(source);
    else if (turnBetween(shown.source, source) === null) {
      shown.renew(source);
      this.#setComing(null);
    } else this.#takeNext(source);
  }

  /** Asks for the rows of the shown list in `view`, and of the coming one in `comingView`. */
  want(view: Places, comingView: Places, ahead: 1 | -1): void {
    this.#wantOf(this.#shown, view, ahead);
    this.#wantOf(this.#coming, comingView, 1);
  }

  /** Whether the coming list can take over. One that only is newer waits until it has its rows; another one does not. */
  isReady(comingView: Places): boolean {
    if (this.#coming === null) return false;
    const { first, end } = this.#coming.within(comingView);
    if (!this.#coming.cache.hasSettled(first, end)) return false;
    return this.turn !== 'version' || this.#coming.cache.failureIn(first, end) === null;
  }

  /** Lets the coming list take over. */
  turnOver(): void {
    if (this.#coming === null) return;
    this.#shown?.cache.stop();
    this.#shown = this.#coming;
    this.#coming = this.#later === null ? null : new Snapshot(this.#later);
    this.#later = null;
  }

  /** Rows of these places, or null when one of them is not there. */
  rowsAtHand(first: number, end: number): Row[] | null {
    const rows: Row[] = [];
    for (let place = first; place < end; place++) {
      const row = this.rowAt(place);
      if (row === undefined) return null;
      rows.push(row);
    }
    return rows;
  }

  /** Rows of the shown list; see {@link PageCache.read}. */
  async read(first: number, end: number): Promise<Row[]> {
    const shown = this.#shown;
    return shown === null ? [] : shown.cache.read(first, Math.min(end, shown.room));
  }

  /** Asks once more for what failed. */
  retry(): void {
    this.#shown?.cache.retry();
    this.#coming?.cache.retry();
  }

  stop(): void {
    this.#shown?.cache.stop();
    this.#setComing(null);
  }

  #takeNext(source: RowSource<Row>): void {
    const coming = this.#coming;
    const step = coming === null ? null : turnBetween(coming.source, source);
    if (coming !== null && step === null) {
      coming.renew(source);
      this.#later = null;
    } else if (coming !== null && step === 'version' && coming.cache.failure === null) this.#later = source;
    else this.#setComing(new Snapshot(source));
  }

  #setComing(next: Snapshot<Row> | null): void {
    this.#coming?.cache.stop();
    this.#coming = next;
    this.#later = null;
  }

  #wantOf(snapshot: Snapshot<Row> | null, view: Places, ahead: 1 | -1): void {
    if (snapshot === null) return;
    const { first, end } = snapshot.within(view);
    const { count } = snapshot;
    untrack(() => snapshot.cache.want(first, end, ahead, count));
  }
}
