/** As in many programs, the slash goes to what narrows the list: the field marked with `data-shortcut="filter"`. */
export function focusFilter(event: KeyboardEvent): void {
  const { target } = event;
  const isBusy =
    target instanceof Element && target.closest('input, select, textarea, [role="dialog"]') !== null;
  if (event.key !== '/' || isBusy || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.querySelector<HTMLElement>('[data-shortcut="filter"]')?.focus();
}
