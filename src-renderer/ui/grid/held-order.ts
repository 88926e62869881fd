/** The order a list shows, and what waits behind it. */
export interface HeldView {
  keys: readonly string[];
  /** How many rows are not shown yet. */
  added: number;
  /** How many shown rows are gone; they stay as blank places until the order is taken over. */
  removed: number;
  /** Whether the remaining rows would stand in another order. */
  reordered: boolean;
}

/**
 * Keeps a list still: while it is held, the order shown stays as it was and says what waits; otherwise it follows. What
 * the user asked for (another sort, filter or scope) changes `revision`, and is never held back.
 */
export class HeldOrder {
  #shown: readonly string[] = [];
  #revision: string | null = null;

  /** The order to show for the order that is wanted now. */
  arrange(wanted: readonly string[], held: boolean, revision: string): HeldView {
    const follow = !held || revision !== this.#revision || this.#shown.length === 0;
    if (follow) {
      this.#shown = wanted;
      this.#revision = revision;
      return { keys: wanted, added: 0, removed: 0, reordered: false };
    }
    return this.#compare(wanted);
  }

  #compare(wanted: readonly string[]): HeldView {
    const shown = new Set(this.#shown);
    const present = new Set(wanted);
    const common = wanted.filter((key) => shown.has(key));
    const remaining = this.#shown.filter((key) => present.has(key));
    return {
      keys: this.#shown,
      added: wanted.length - common.length,
      removed: this.#shown.length - remaining.length,
      reordered: common.some((key, index) => key !== remaining[index]),
    };
  }
}

/** What waits, in words: `3 new · 1 removed · order changed`; empty when nothing does. */
export function pendingWords(view: HeldView): string {
  const words = [
    view.added > 0 ? `${view.added} new` : '',
    view.removed > 0 ? `${view.removed} removed` : '',
    view.reordered ? 'order changed' : '',
  ].filter((part) => part !== '');
  const text = words.join(' · ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
