import { gridIntent, type GridIntent, type GridPosition, type GridSize } from '../grid/grid-keys.ts';
import type { KeyPress } from '../key-press.ts';

/** What a key asks a paged grid to do: what it asks any grid, and to select several rows or move a column. */
export type PagedIntent =
  GridIntent | { do: 'extend'; to: GridPosition } | { do: 'select-all' } | { do: 'move-column'; by: 1 | -1 };

const MOVES = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown']);
/** These move to another row only with Ctrl. */
const WIDE_MOVES = new Set(['Home', 'End']);

const isWide = (press: KeyPress): boolean => press.ctrlKey || press.metaKey;

function columnIntent(press: KeyPress): PagedIntent | null {
  if (!press.shiftKey || !isWide(press)) return null;
  if (press.key === 'ArrowLeft') return { do: 'move-column', by: -1 };
  return press.key === 'ArrowRight' ? { do: 'move-column', by: 1 } : null;
}

function selectIntent(press: KeyPress, at: GridPosition, size: GridSize): PagedIntent | null {
  if (isWide(press) && press.key.toLowerCase() === 'a') return { do: 'select-all' };
  if (!press.shiftKey) return null;
  if (press.key === ' ') return { do: 'extend', to: at };
  const moves = MOVES.has(press.key) || (isWide(press) && WIDE_MOVES.has(press.key));
  const move = moves ? gridIntent(press, at, size) : null;
  if (move?.do !== 'move') return null;
  return { do: 'extend', to: { ...move.to, row: Math.max(0, move.to.row) } };
}

/**
 * The keyboard pattern of a grid with several selectable rows: that of {@link gridIntent}, and Shift with the keys that
 * move (or Space) selects up to there, Ctrl+A selects all. On a header Ctrl+Shift with an arrow moves the column.
 * @returns null for a key the grid leaves to others.
 */
export function pagedIntent(press: KeyPress, at: GridPosition, size: GridSize): PagedIntent | null {
  if (press.altKey) return null;
  const own = at.row < 0 ? columnIntent(press) : selectIntent(press, at, size);
  return own ?? gridIntent(press, at, size);
}
