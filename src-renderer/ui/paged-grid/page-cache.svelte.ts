import type { RowSource } from './row-source.ts';

/** Rows in a page. */
export const PAGE_ROWS = 100;
/** No more pages are kept: those that were not wanted for the longest time go. What is wanted stays. */
export const MAX_PAGES = 60;
/** No more requests are under way at once. */
export const MAX_IN_FLIGHT = 2;

/** What is known of a place: `gone` when its page has no row there. */
export type PlaceState = 'ready' | 'loading' | 'failed' | 'gone';

type Page<Row> = { rows: readonly Row[] } | { failure: string };

interface Reader<Row> {
  resolve(rows: readonly Row[]): void;
  reject(reason: Error): void;
}

const pageOf = (place: number): number => Math.floor(place / PAGE_ROWS);

/**
 * Pages of one source. Only what is wanted last is asked for: what waited before that is never sent, so that a fast scroll
 * over millions of rows makes as many requests as can be answered on the way, two at a time.
 */
export class PageCache<Row> {
  readonly #fetch: RowSource<Row>['fetch'];
  readonly #pages = new Map<number, Page<Row>>();
  readonly #inFlight = new Set<number>();
  readonly #readers = new Map<number, Reader<Row>[]>();
  readonly #stopping = new AbortController();
  #wanted: readonly number[] = [];
  #end = $state(0);
  #isEndKnown = $state(false);
  /** Rises with every page that comes or goes. */
  #revision = $state(0);

  constructor(fetch: RowSource<Row>['fetch']) {
    this.#fetch = fetch;
  }

  /** The place behind the last row that was seen. */
  get end(): number {
    return this.#end;
  }

  /** Whether the list ends there: a page came that was not full. */
  get isEndKnown(): boolean {
    return this.#isEndKnown;
  }

  rowAt(place: number): Row | undefined {
    const page = this.#pageAt(place);
    return page !== undefined && 'rows' in page ? page.rows[place % PAGE_ROWS] : undefined;
  }

  stateAt(place: number): PlaceState {
    const page = this.#pageAt(place);
    if (page === undefined) return 'loading';
    if ('failure' in page) return 'failed';
    return place % PAGE_ROWS < page.rows.length ? 'ready' : 'gone';
  }

  /** Whether all pages of these places have come or failed. */
  hasSettled(first: number, end: number): boolean {
    return pagesOf(first, end).every((page) => this.#pageAt(page * PAGE_ROWS) !== undefined);
  }

  /** Why the latest of the wanted pages that failed did, or null. */
  get failure(): string | null {
    const failed = [...(this.#revision >= 0 ? this.#pages.values() : [])].filter((page) => 'failure' in page);
    return failed.at(-1)?.failure ?? null;
  }

  /** The place of a row among the pages that are kept, or null. */
  find(isIt: (row: Row) => boolean): number | null {
    for (const [number, page] of this.#pages) {
      const index = 'rows' in page ? page.rows.findIndex(isIt) : -1;
      if (index >= 0) return number * PAGE_ROWS + index;
    }
    return null;
  }

  /** Why rows of these places are not there, or null. */
  failureIn(first: number, end: number): string | null {
    for (const number of pagesOf(first, end)) {
      const page = this.#pageAt(number * PAGE_ROWS);
      if (page !== undefined && 'failure' in page) return page.failure;
    }
    return null;
  }

  /**
   * Asks for what is missing of the places from `first` to before `end`, and of the page ahead of them. Failed pages that
   * are out of sight are forgotten, so that coming back asks again.
   * @param ahead the way the view moves: 1 is down.
   * @param count rows there are, or null.
   */
  want(first: number, end: number, ahead: 1 | -1, count: number | null): void {
    const seen = pagesOf(first, end);
    if (seen.length === 0) return;
    const ordered = ahead > 0 ? seen : seen.toReversed();
    const next = (ordered.at(-1) ?? 0) + ahead;
    const exists = next >= 0 && (count === null ? !this.#isEndKnown : next * PAGE_ROWS < count);
    this.#wanted = exists ? [...ordered, next] : ordered;
    this.#touchWanted();
    this.#pump();
  }

  /** Asks once more for pages that failed. */
  retry(): void {
    this.#forgetFailures(() => true);
    this.#pump();
  }

  /** Rows of places, fetched page by page behind what is in view. Rejects when a page fails, or the cache is stopped. */
  async read(first: number, end: number): Promise<Row[]> {
    const rows: Row[] = [];
    for (const number of pagesOf(first, end)) {
      const page = await this.#readPage(number);
      const start = number * PAGE_ROWS;
      rows.push(...page.slice(Math.max(0, first - start), end - start));
    }
    return rows;
  }

  /** Drops what is under way; nothing is asked for any more. What is there stays readable. */
  stop(): void {
    const reason = new Error('The list has changed meanwhile');
    this.#stopping.abort(reason);
    for (const readers of this.#readers.values()) for (const reader of readers) reader.reject(reason);
    this.#readers.clear();
  }

  #pageAt(place: number): Page<Row> | undefined {
    // Read for the dependency: pages themselves are plain.
    return this.#revision >= 0 ? this.#pages.get(pageOf(place)) : undefined;
  }

  #touchWanted(): void {
    for (const number of this.#wanted) {
      const page = this.#pages.get(number);
      if (page === undefined) continue;
      this.#pages.delete(number);
      this.#pages.set(number, page);
    }
    this.#forgetFailures((number) => !this.#wanted.includes(number));
  }

  #forgetFailures(which: (page: number) => boolean): void {
    for (const [number, page] of this.#pages) {
      if ('failure' in page && which(number)) this.#pages.delete(number);
    }
  }

  #readPage(number: number): Promise<readonly Row[]> {
    const page = this.#pages.get(number);
    if (page !== undefined && 'rows' in page) return Promise.resolve(page.rows);
    if (this.#stopping.signal.aborted) return Promise.reject(this.#stopping.signal.reason as Error);
    if (page !== undefined) this.#pages.delete(number);
    return new Promise((resolve, reject) => {
      this.#readers.set(number, [...(this.#readers.get(number) ?? []), { resolve, reject }]);
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#inFlight.size < MAX_IN_FLIGHT && !this.#stopping.signal.aborted) {
      const missing = (number: number): boolean => !this.#pages.has(number) && !this.#inFlight.has(number);
      const next = this.#wanted.find(missing) ?? [...this.#readers.keys()].find(missing);
      if (next === undefined) return;
      void this.#load(next);
    }
  }

  async #load(number: number): Promise<void> {
    this.#inFlight.add(number);
    const page = await this.#ask(number);
    this.#inFlight.delete(number);
    if (this.#stopping.signal.aborted) return;
    this.#keep(number, page);
    this.#answerReaders(number, page);
    this.#pump();
  }

  async #ask(number: number): Promise<Page<Row>> {
    try {
      const rows = await this.#fetch(number * PAGE_ROWS, PAGE_ROWS, this.#stopping.signal);
      return { rows: rows.slice(0, PAGE_ROWS) };
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  }

  #keep(number: number, page: Page<Row>): void {
    this.#pages.set(number, page);
    if ('rows' in page) {
      this.#end = Math.max(this.#end, page.rows.length === 0 ? 0 : number * PAGE_ROWS + page.rows.length);
      this.#isEndKnown ||= page.rows.length < PAGE_ROWS;
    }
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= MAX_PAGES) break;
      if (oldest !== number && !this.#wanted.includes(oldest)) this.#pages.delete(oldest);
    }
    this.#revision++;
  }

  #answerReaders(number: number, page: Page<Row>): void {
    const readers = this.#readers.get(number) ?? [];
    this.#readers.delete(number);
    for (const reader of readers) {
      if ('rows' in page) reader.resolve(page.rows);
      else reader.reject(new Error(page.failure));
    }
  }
}

function pagesOf(first: number, end: number): number[] {
  const from = pageOf(Math.max(0, first));
  const length = end <= first ? 0 : pageOf(end - 1) - from + 1;
  return Array.from({ length }, (_, offset) => from + offset);
}
