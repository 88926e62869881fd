import { tick } from 'svelte';
import { holdScroll } from './hold-scroll.ts';
import { routeOf, type Route } from './route.ts';

interface HistoryState {
  scroll?: number;
}

/** Event on the window that asks for a screen: its detail is a path, as a deep link of the desktop app gives it. */
export const NAVIGATE_EVENT = 'pulse:navigate';

/** A plain press of the main button: all others are the browser's (new tab, new window, download). */
function isPlainClick({ defaultPrevented, button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return !defaultPrevented && button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}

function linkedPath(event: MouseEvent): string | null {
  if (!isPlainClick(event)) return null;
  const anchor = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(anchor instanceof HTMLAnchorElement) || anchor.target !== '' || anchor.hasAttribute('download'))
    return null;
  const url = new URL(anchor.href, location.href);
  if (url.origin !== location.origin || url.hash !== '') return null;
  return url.pathname + url.search;
}

/** Which screen is shown: the page's address, with back, forward, reload and each entry's scroll position. */
export class Router {
  #path = $state(location.pathname);
  #query = $state(location.search);
  #scroller: HTMLElement | null = null;
  #letGo: () => void = () => undefined;

  /** The present path. */
  get path(): string {
    return this.#path;
  }

  /** What follows the path in the address, such as `?interval=1h`; empty without any. */
  get query(): string {
    return this.#query;
  }

  /** The present screen. */
  readonly route: Route = $derived(routeOf(this.#path));

  /** Goes to a path of the app and to the top of its page. */
  go(path: string): void {
    const url = new URL(path, location.origin);
    if (url.pathname === location.pathname && url.search === location.search) return;
    this.#remember();
    history.pushState({ scroll: 0 }, '', url.pathname + url.search);
    void this.#show();
  }

  /** Puts another query behind the present path: how a screen is looked at. It is no step of its own for the back button. */
  setQuery(query: string): void {
    if (query === location.search) return;
    history.replaceState(history.state, '', location.pathname + query);
    this.#query = location.search;
  }

  /** As {@link setQuery}, and a step that the back button undoes. */
  pushQuery(query: string): void {
    if (query === location.search) return;
    this.#remember();
    history.pushState(history.state, '', location.pathname + query);
    this.#query = location.search;
  }

  /**
   * Goes to another address of the screen that is shown: what is open on it. The page stays where it is scrolled to; the
   * back button undoes it.
   */
  open(path: string): void {
    const url = new URL(path, location.origin);
    if (url.pathname === location.pathname && url.search === location.search) return;
    this.#remember();
    history.pushState(history.state, '', url.pathname + url.search);
    this.#path = location.pathname;
    this.#query = location.search;
  }

  /** Follows links, the back button and deep links from now on; returns what stops it. */
  start(): () => void {
    const clicked = (event: MouseEvent): void => {
      const path = linkedPath(event);
      if (path === null) return;
      event.preventDefault();
      this.go(path);
    };
    const asked = (event: Event): void => {
      if (event instanceof CustomEvent && typeof event.detail === 'string') this.go(event.detail);
    };
    const moved = (): void => void this.#show();
    const left = (): void => this.#remember();
    history.scrollRestoration = 'manual';
    document.addEventListener('click', clicked);
    window.addEventListener('popstate', moved);
    window.addEventListener('pagehide', left);
    window.addEventListener(NAVIGATE_EVENT, asked);
    return () => {
      document.removeEventListener('click', clicked);
      window.removeEventListener('popstate', moved);
      window.removeEventListener('pagehide', left);
      window.removeEventListener(NAVIGATE_EVENT, asked);
    };
  }

  /** Attachment for the element that scrolls the screens: its position is kept per history entry. */
  readonly scroller = (element: HTMLElement): (() => void) => {
    this.#scroller = element;
    this.#restore();
    // A position left by the back button was already overwritten when it fires: keep it current while scrolling.
    const scrolled = (): void => this.#remember();
    element.addEventListener('scrollend', scrolled);
    return () => {
      element.removeEventListener('scrollend', scrolled);
      this.#letGo();
      this.#scroller = null;
    };
  };

  async #show(): Promise<void> {
    this.#path = location.pathname;
    this.#query = location.search;
    await tick();
    this.#restore();
  }

  #remember(): void {
    if (this.#scroller === null) return;
    history.replaceState({ scroll: this.#scroller.scrollTop }, '');
  }

  #restore(): void {
    const scroller = this.#scroller;
    if (scroller === null) return;
    const wanted = (history.state as HistoryState | null)?.scroll ?? 0;
    scroller.scrollTop = wanted;
    const content = scroller.firstElementChild;
    this.#letGo();
    if (wanted > 0 && content !== null) this.#letGo = holdScroll(scroller, content, wanted);
  }
}
