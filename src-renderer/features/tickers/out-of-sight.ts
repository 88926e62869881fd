import { SvelteSet } from 'svelte/reactivity';
import type { Attachment } from 'svelte/attachments';

/** How far beyond its scroller something still counts as seen, so that it is there when it comes into sight. */
const MARGIN = '240px 0px';

const symbolOf = (element: Element): string => element.getAttribute('data-symbol') ?? '';

/** Which of many elements with a `data-symbol` cannot be seen now, and need not be kept current; at first all count as seen. */
export class OutOfSight {
  readonly #far = new SvelteSet<string>();
  readonly #observer = new IntersectionObserver((entries) => this.#look(entries), { rootMargin: MARGIN });

  /** Whether the element of a symbol is in sight, or near it. */
  near(symbol: string): boolean {
    return !this.#far.has(symbol);
  }

  /** Attachment for each of the elements. */
  readonly watch: Attachment = (element) => {
    this.#observer.observe(element);
    return () => {
      this.#observer.unobserve(element);
      this.#far.delete(symbolOf(element));
    };
  };

  #look(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#far.delete(symbolOf(target));
      else if (target.isConnected) this.#far.add(symbolOf(target));
    }
  }
}
