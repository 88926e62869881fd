import type { Page } from '../../src-contract/paging.ts';

/** A list that is never longer than this, so that a curious reader cannot fill the memory. */
export const MAX_ITEMS = 2000;

/** A list that is asked for page by page, newest first. */
export class PagedList<T> {
  #items = $state.raw<readonly T[]>([]);
  #state = $state<'loading' | 'ready' | 'failed'>('loading');
  #failure = $state('');
  #cursor = $state.raw<string | null>(null);
  #busy = $state(false);
  #generation = 0;
  readonly #fetch: (cursor: string | undefined) => Promise<Page<T>>;

  /** @param fetch asks for the page after a cursor, or for the first one. */
  constructor(fetch: (cursor: string | undefined) => Promise<Page<T>>) {
    this.#fetch = fetch;
  }

  get items(): readonly T[] {
    return this.#items;
  }

  /** `ready` also while a list that is already shown loads anew or further. */
  get state(): 'loading' | 'ready' | 'failed' {
    return this.#state;
  }

  /** Why the latest page did not come; empty when it did. */
  get failure(): string {
    return this.#failure;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Whether there is a further page and room for it. */
  get more(): boolean {
    return this.#cursor !== null && this.#items.length < MAX_ITEMS;
  }

  /** Loads the first page in place of what is shown. */
  async load(): Promise<void> {
    await this.#take(undefined, (page) => page.items);
  }

  /** Loads the next page behind what is shown. */
  async loadMore(): Promise<void> {
    if (this.#cursor === null || this.#busy) return;
    await this.#take(this.#cursor, (page) => [...this.#items, ...page.items].slice(0, MAX_ITEMS));
  }

  async #take(cursor: string | undefined, merge: (page: Page<T>) => readonly T[]): Promise<void> {
    const generation = ++this.#generation;
    this.#busy = true;
    try {
      const page = await this.#fetch(cursor);
      if (generation !== this.#generation) return;
      this.#items = merge(page);
      this.#cursor = page.next_cursor;
      this.#failure = '';
      this.#state = 'ready';
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#failure = error instanceof Error ? error.message : String(error);
      if (this.#items.length === 0) this.#state = 'failed';
    } finally {
      if (generation === this.#generation) this.#busy = false;
    }
  }
}
