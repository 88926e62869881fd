/** Symbols that begin with what was typed and are looked at: more than are watched and shown together. */
const MOST_BEGINNING = 1100;
/** Symbols that are searched for one that only contains it. */
const MOST_SEARCHED = 20_000;

/** The symbols of a growing collection in the order of the alphabet, so that a keystroke does not look at each of them. */
export class SymbolIndex {
  #sorted: string[] = [];

  /**
   * Takes up what has come since; nothing of a collection ever goes.
   * @param symbols all of them, in the order in which they came.
   * @param size how many they are.
   */
  follow(symbols: Iterable<string>, size: number): void {
    const taken = this.#sorted.length;
    if (size === taken) return;
    const fresh = [...symbols].slice(taken);
    this.#sorted = [...this.#sorted, ...fresh].sort();
  }

  /**
   * At most 1,100 symbols that begin with the text, and when these are fewer than `enough`, those among 20,000 that contain
   * it. `text` is upper-cased.
   */
  find(text: string, enough: number): string[] {
    const from = this.#firstFrom(text);
    const most = Math.min(this.#sorted.length, from + MOST_BEGINNING);
    let to = from;
    while (to < most && this.#sorted[to]?.startsWith(text) === true) to += 1;
    const found = this.#sorted.slice(from, to);
    if (found.length >= enough) return found;
    const containing = this.#sorted.slice(0, MOST_SEARCHED).filter((symbol) => symbol.indexOf(text) > 0);
    return [...found, ...containing.filter((symbol) => !symbol.startsWith(text))];
  }

  /** Place of the first symbol that is not before the text. */
  #firstFrom(text: string): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
