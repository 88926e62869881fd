/** Where a key moves the focus in a list of `count` lines; null when the key moves nothing. */
export function stepTo(key: string, here: number, count: number): number | null {
  if (count === 0) return null;
  if (key === 'ArrowDown') return Math.min(count - 1, here + 1);
  if (key === 'ArrowUp') return Math.max(0, here - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}

/** Moves the focus between the `[data-line]` elements of a list by the arrow keys, Home and End. */
export function stepFocus(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-line]')];
  const here = lines.findIndex((line) => line === document.activeElement);
  if (here === -1) return;
  const to = stepTo(event.key, here, lines.length);
  if (to === null) return;
  event.preventDefault();
  lines[to]?.focus();
}
