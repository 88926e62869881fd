/** How long the content of a screen may take to grow to the height it had, in milliseconds. */
const GROWING_MS = 1500;
const BY_HAND = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/**
 * Keeps a scrolled element at a position while its content, still loading, grows; until the reader does something.
 * Returns what lets go of it.
 */
export function holdScroll(scroller: HTMLElement, content: Element, position: number): () => void {
  // The browser would shift the position itself when content above it grows.
  scroller.style.overflowAnchor = 'none';
  const observer = new ResizeObserver(() => {
    scroller.scrollTop = position;
  });
  const timer = setTimeout(letGo, GROWING_MS);
  observer.observe(content);
  for (const event of BY_HAND) window.addEventListener(event, letGo, { passive: true });

  function letGo(): void {
    clearTimeout(timer);
    observer.disconnect();
    scroller.style.overflowAnchor = '';
    for (const event of BY_HAND) window.removeEventListener(event, letGo);
  }
  return letGo;
}
