import type { GridPosition } from './grid-keys.ts';

/** Marks an element as the cell at a place; row −1 is the header. Spread it onto the cell. */
export function cellMark(row: number, column: number): Record<string, string> {
  return { 'data-grid-row': String(row), 'data-grid-column': String(column) };
}

const CONTROLS = 'a, button, input, select, textarea, [data-grid-ignore]';

function cellOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-grid-row]') : null;
}

/** The place of the cell an event came from, or null when it came from elsewhere in the grid. */
export function cellPlace(target: EventTarget | null): GridPosition | null {
  const cell = cellOf(target);
  if (cell === null) return null;
  return { row: Number(cell.dataset['gridRow']), column: Number(cell.dataset['gridColumn']) };
}

/** Says whether an event came from a link or control inside a cell, which answers it by itself. */
export function isFromControl(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const control = target.closest(CONTROLS);
  return control !== null && cellOf(target)?.contains(control) === true;
}

/** The element of a cell, while it is drawn. */
export function cellElement(grid: HTMLElement, at: GridPosition): HTMLElement | null {
  return grid.querySelector<HTMLElement>(`[data-grid-row="${at.row}"][data-grid-column="${at.column}"]`);
}
