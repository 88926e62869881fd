import type { FeedName } from '../../src-contract/channels.ts';
import { rowKey } from '../../src-contract/feed-state.ts';
import { DirtySet } from '../lib/coalesce.ts';
import type { FeedSource } from './feed-source.ts';

/** Keys a group remembers between two ticks; more mean: everything. */
const MAX_DIRTY = 4096;

/** One listener of a group: what it has not been sent yet. */
export interface GroupMember {
  /** Rows changed. */
  changed(keys: readonly string[]): void;
  /** The head changed. */
  headChanged(): void;
  /** Nothing that was sent counts any more. */
  reset(): void;
}

/**
 * All subscriptions of one feed with the same parameters. Notices are merged here, once, and handed to the members at the
 * next tick; texts of rows are made once per tick, however many members there are.
 */
export class FeedGroup {
  readonly members = new Set<GroupMember>();
  readonly #key: string;
  readonly #makeSource: () => FeedSource<FeedName>;
  readonly #dirty = new DirtySet<string>(MAX_DIRTY);
  readonly #rowTexts = new Map<string, string | null>();
  #headDirty = false;
  #headText: string | null = null;
  #source: FeedSource<FeedName> | null = null;

  /** @param key field that identifies a row. */
  constructor(key: string, makeSource: () => FeedSource<FeedName>) {
    this.#key = key;
    this.#makeSource = makeSource;
  }

  /** A row changed, came or went. */
  touch(key: string): void {
    this.#dirty.add(key);
  }

  /** The head changed. */
  touchHead(): void {
    this.#headDirty = true;
  }

  /** What the feed reads was replaced as a whole: another environment. */
  replace(): void {
    this.#source = null;
    this.#dirty.addAll();
  }

  /** Hands merged notices to the members; begins a new tick. */
  distribute(): void {
    this.#rowTexts.clear();
    this.#headText = null;
    if (!this.#dirty.empty) {
      const drained = this.#dirty.drain();
      for (const member of this.members) {
        if (drained.all) member.reset();
        else member.changed(drained.keys);
      }
    }
    if (this.#headDirty) for (const member of this.members) member.headChanged();
    this.#headDirty = false;
  }

  /** JSON of the whole state. Throws what making the source throws. */
  snapshotText(): string {
    const source = this.#open();
    const rows = source.rows().map((row) => this.#remember(rowKey(row, this.#key), row));
    return `{"head":${this.headText()},"rows":[${rows.join(',')}]}`;
  }

  /** JSON of the head. */
  headText(): string {
    this.#headText ??= JSON.stringify(this.#open().head());
    return this.#headText;
  }

  /** JSON of one row; null when it is gone. */
  rowText(key: string): string | null {
    const known = this.#rowTexts.get(key);
    if (known !== undefined) return known;
    const row = this.#open().row(key);
    if (row !== null) return this.#remember(key, row);
    this.#rowTexts.set(key, null);
    return null;
  }

  #remember(key: string, row: unknown): string {
    const text = JSON.stringify(row);
    this.#rowTexts.set(key, text);
    return text;
  }

  #open(): FeedSource<FeedName> {
    this.#source ??= this.#makeSource();
    return this.#source;
  }
}
