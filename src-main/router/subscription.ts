import { failureOf } from '../../src-contract/result.ts';
import { DirtySet } from '../lib/coalesce.ts';
import type { FeedGroup, GroupMember } from './feed-group.ts';

/** Keys one subscription remembers while its client is busy; more mean: a snapshot again. */
const MAX_WAITING = 4096;

/** One client's view of one feed: what to send it next. Holds keys, not values. */
export class Subscription implements GroupMember {
  readonly #id: number;
  readonly #group: FeedGroup;
  readonly #wake: () => void;
  readonly #waiting = new DirtySet<string>(MAX_WAITING);
  #headWaiting = false;
  #snapshotDue = true;
  #seq = 0;

  /** @param wake tells the client's session that there is something to send. */
  constructor(id: number, group: FeedGroup, wake: () => void) {
    this.#id = id;
    this.#group = group;
    this.#wake = wake;
    group.members.add(this);
  }

  /** Whether there is something to send. */
  get due(): boolean {
    return this.#snapshotDue || this.#headWaiting || !this.#waiting.empty;
  }

  changed(keys: readonly string[]): void {
    if (this.#snapshotDue) return;
    for (const key of keys) this.#waiting.add(key);
    this.#wake();
  }

  headChanged(): void {
    if (this.#snapshotDue) return;
    this.#headWaiting = true;
    this.#wake();
  }

  reset(): void {
    this.#snapshotDue = true;
    this.#wake();
  }

  /** The next part of a frame as JSON text; null when there is nothing to send. */
  takePart(): string | null {
    if (!this.due) return null;
    try {
      const text = this.#snapshotDue ? this.#snapshot() : this.#patch();
      return text === null ? null : `{"id":${this.#id},"seq":${this.#seq++},${text}}`;
    } catch (error) {
      this.#clear();
      return `{"id":${this.#id},"seq":${this.#seq++},"error":${JSON.stringify(failureOf(error))}}`;
    }
  }

  /** Leaves the group. */
  close(): void {
    this.#group.members.delete(this);
  }

  #snapshot(): string {
    const text = `"snapshot":${this.#group.snapshotText()}`;
    this.#clear();
    return text;
  }

  #patch(): string | null {
    const drained = this.#waiting.drain();
    if (drained.all) return this.#snapshot();
    const fields = [...this.#headField(), ...this.#rowFields(drained.keys)];
    return `"patch":{${fields.join(',')}}`;
  }

  #headField(): string[] {
    if (!this.#headWaiting) return [];
    this.#headWaiting = false;
    return [`"head":${this.#group.headText()}`];
  }

  #rowFields(keys: readonly string[]): string[] {
    const set: string[] = [];
    const drop: string[] = [];
    for (const key of keys) {
      const text = this.#group.rowText(key);
      if (text === null) drop.push(JSON.stringify(key));
      else set.push(text);
    }
    return [
      ...(set.length === 0 ? [] : [`"set":[${set.join(',')}]`]),
      ...(drop.length === 0 ? [] : [`"drop":[${drop.join(',')}]`]),
    ];
  }

  #clear(): void {
    this.#snapshotDue = false;
    this.#headWaiting = false;
    this.#waiting.drain();
  }
}
