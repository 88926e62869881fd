import type { Attachment } from 'svelte/attachments';
import { on } from 'svelte/events';

/** Whether somebody is at an element: a mouse over it, or the focus in it. What they look at should not move then. */
export class Attention {
  #pointed = $state(false);
  #focused = $state(false);

  get here(): boolean {
    return this.#pointed || this.#focused;
  }

  /** Attachment for the element. */
  readonly watch: Attachment<HTMLElement> = (element) => {
    const listeners: Record<string, (event: Event) => void> = {
      // A finger stays nowhere: it scrolls or presses, and is gone without leaving.
      pointerenter: (event) =>
        (this.#pointed = event instanceof PointerEvent && event.pointerType === 'mouse'),
      pointerleave: () => (this.#pointed = false),
      focusin: () => (this.#focused = true),
      focusout: () => (this.#focused = false),
    };
    // Svelte's own `on`: the focus also leaves while the element is being removed, in the middle of drawing.
    const stops = Object.entries(listeners).map(([name, listener]) => on(element, name, listener));
    return () => {
      for (const stop of stops) stop();
      this.#pointed = false;
      this.#focused = false;
    };
  };
}
