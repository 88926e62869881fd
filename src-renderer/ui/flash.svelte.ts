import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';

const DURATION_MS = 700;

function isOff(): boolean {
  return (
    document.documentElement.dataset['flash'] === 'off' ||
    matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}

function tokenOf(before: unknown, after: unknown): string {
  if (typeof before !== 'number' || typeof after !== 'number') return '--accent';
  return after > before ? '--up' : '--down';
}

/**
 * Highlights an element briefly in the colour of a token, unless the setting or reduced motion turns it off.
 * @param over token of the surface the colour lies on; without it the colour lets through what is behind.
 */
export function flashOnce(element: HTMLElement, token: string, over?: string): void {
  if (isOff()) return;
  const colour = `color-mix(in oklch, var(${token}) 30%, ${over === undefined ? 'transparent' : `var(${over})`})`;
  element.animate([{ backgroundColor: colour }, {}], { duration: DURATION_MS, easing: 'ease-out' });
}

/**
 * Highlights an element briefly when a value changes, a number in the colour of its direction. `data-flash="off"` on
 * <html> and reduced motion turn it off. Use: `{@attach flash(() => row.price)}`.
 */
export function flash(value: () => unknown): Attachment<HTMLElement> {
  return (element) => {
    let before = untrack(value);
    $effect(() => {
      const after = value();
      if (after === before || before === null || before === undefined) {
        before = after;
        return;
      }
      const token = tokenOf(before, after);
      before = after;
      flashOnce(element, token);
    });
  };
}
