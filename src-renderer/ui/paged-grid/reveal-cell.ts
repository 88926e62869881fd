/** Scrolls sideways as little as it takes for a cell to be seen beside the first column, which stays in its place. */
export function revealCell(scroller: HTMLElement, cell: HTMLElement): void {
  const first = cell.parentElement?.firstElementChild;
  if (first === null || first === undefined || first === cell) return;
  const view = scroller.getBoundingClientRect();
  const box = cell.getBoundingClientRect();
  const left = view.left + first.getBoundingClientRect().width;
  const right = view.left + scroller.clientWidth;
  if (box.left < left) scroller.scrollLeft -= left - box.left;
  else if (box.right > right) scroller.scrollLeft += Math.min(box.right - right, box.left - left);
}
