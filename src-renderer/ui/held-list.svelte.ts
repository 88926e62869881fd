import { Attention } from './attention.svelte.ts';
import { HeldOrder } from './grid/held-order.ts';

/**
 * A short list that stands still under a mouse or the focus: items keep their places and show their newest figures, one
 * that is gone keeps its last ones, and what is new waits until the pointer leaves.
 */
export class HeldList<Item> {
  readonly #source: () => readonly Item[];
  readonly #keyOf: (item: Item) => string;
  readonly #order = new HeldOrder();
  readonly #attention = new Attention();
  #last: ReadonlyMap<string, Item> = new Map();
  /** The items to show. */
  readonly items: readonly Item[] = $derived.by(() => this.#arrange());
  /** Attachment for the list's element. */
  readonly hold = this.#attention.watch;

  /** @param keyOf tells items apart; no two have the same. */
  constructor(source: () => readonly Item[], keyOf: (item: Item) => string) {
    this.#source = source;
    this.#keyOf = keyOf;
  }

  #arrange(): readonly Item[] {
    const present = new Map(this.#source().map((item) => [this.#keyOf(item), item]));
    const { keys } = this.#order.arrange([...present.keys()], this.#attention.here, '');
    const items = keys.flatMap((key) => present.get(key) ?? this.#last.get(key) ?? []);
    this.#last = new Map(items.map((item) => [this.#keyOf(item), item]));
    return items;
  }
}
