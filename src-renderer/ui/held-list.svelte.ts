import type { Attachment } from 'svelte/attachments';
import { HeldOrder } from './grid/held-order.ts';

interface Sighting<Item> {
  items: readonly Item[];
}

/**
 * A short list that stands still under a mouse or the focus: items keep their places and show their newest figures, one
 * that is gone keeps its last ones, and what is new waits until the pointer leaves.
 */
export class HeldList<Item> {
  readonly #source: () => readonly Item[];
  readonly #keyOf: (item: Item) => string;
  readonly #order = new HeldOrder();
  #pointed = $state(false);
  #focused = $state(false);
  #last: ReadonlyMap<string, Item> = new Map();

  readonly #arranged: Sighting<Item> = $derived.by(() => this.#arrange());

  constructor(source: () => readonly Item[], keyOf: (item: Item) => string) {
    this.#source = source;
    this.#keyOf = keyOf;
  }

  /** The items to show. */
  get items(): readonly Item[] {
    return this.#arranged.items;
  }

  /** Attachment for the list's element: it is held while a mouse is over it or the focus is in it. */
  readonly hold: Attachment<HTMLElement> = (element) => {
    const listeners: Record<string, (event: Event) => void> = {
      pointerenter: (event) =>
        (this.#pointed = event instanceof PointerEvent && event.pointerType === 'mouse'),
      pointerleave: () => (this.#pointed = false),
      focusin: () => (this.#focused = true),
      focusout: () => (this.#focused = false),
    };
    for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) element.removeEventListener(name, listener);
    };
  };

  #arrange(): Sighting<Item> {
    const present = new Map(this.#source().map((item) => [this.#keyOf(item), item]));
    const { keys } = this.#order.arrange([...present.keys()], this.#pointed || this.#focused, '');
    const items = keys
      .map((key) => present.get(key) ?? this.#last.get(key))
      .filter((item) => item !== undefined);
    this.#last = new Map(items.map((item) => [this.#keyOf(item), item]));
    return { items };
  }
}
