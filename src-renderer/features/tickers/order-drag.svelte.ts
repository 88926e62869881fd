import { on } from 'svelte/events';
import { moved } from '../../state/moved.ts';

/** How near to the edge of its scroller a pointer scrolls it, and by how much with every move, in pixels. */
const EDGE = { near: 40, step: 14 } as const;

/** The symbol of the row or card at a point of the window. */
function symbolAt(x: number, y: number): string | undefined {
  const element = document.elementFromPoint(x, y);
  const marked =
    element?.closest<HTMLElement>('[data-symbol]') ??
    element?.closest('[role="row"]')?.querySelector<HTMLElement>('[data-symbol]');
  return marked?.dataset['symbol'];
}

function scrollAtEdge(scroller: Element, y: number): void {
  const { top, bottom } = scroller.getBoundingClientRect();
  if (y < top + EDGE.near) scroller.scrollTop -= EDGE.step;
  else if (y > bottom - EDGE.near) scroller.scrollTop += EDGE.step;
}

/** Puts symbols in order with a pointer: what is dragged takes the place of what it is over, and stays when it is let go. */
export class OrderDrag {
  #dragged = $state<string | null>(null);
  #preview = $state.raw<readonly string[] | null>(null);
  readonly #order: () => readonly string[];
  readonly #drop: (order: readonly string[]) => void;
  #stops: (() => void)[] = [];

  /**
   * @param order the order before anything is dragged.
   * @param drop takes over another one.
   */
  constructor(order: () => readonly string[], drop: (order: readonly string[]) => void) {
    this.#order = order;
    this.#drop = drop;
  }

  get dragged(): string | null {
    return this.#dragged;
  }

  /** The order to show while something is dragged, else null. */
  get preview(): readonly string[] | null {
    return this.#preview;
  }

  /** Takes hold of a symbol; Escape lets go of it where it was. */
  grab(symbol: string, event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.cancel();
    this.#dragged = symbol;
    this.#preview = this.#order();
    const scroller =
      event.target instanceof Element ? event.target.closest('[data-order-scroller], [role="grid"]') : null;
    // On the window: a row that moves in the document would lose a pointer it has captured.
    this.#stops = [
      on(window, 'pointermove', (moving) => this.#follow(moving, scroller)),
      on(window, 'pointerup', () => this.#release()),
      on(window, 'pointercancel', () => this.cancel()),
      on(window, 'keydown', (pressed) => {
        if (pressed.key === 'Escape') this.cancel();
      }),
    ];
  }

  /** Lets go without changing anything. */
  cancel(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#dragged = null;
    this.#preview = null;
  }

  #follow({ clientX, clientY }: PointerEvent, scroller: Element | null): void {
    if (this.#dragged === null || this.#preview === null) return;
    if (scroller !== null) scrollAtEdge(scroller, clientY);
    const over = symbolAt(clientX, clientY);
    if (over !== undefined && over !== this.#dragged) {
      this.#preview = moved(this.#preview, this.#dragged, this.#preview.indexOf(over));
    }
  }

  #release(): void {
    const preview = this.#preview;
    this.cancel();
    if (preview !== null && preview.join() !== this.#order().join()) this.#drop(preview);
  }
}
