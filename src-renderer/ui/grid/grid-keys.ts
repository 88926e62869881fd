import type { KeyPress } from '../key-press.ts';

/** A cell by place; row −1 is the header. */
export interface GridPosition {
  row: number;
  column: number;
}

/** How far the keys can go: rows and columns there are, and rows that make a page. */
export interface GridSize {
  rows: number;
  columns: number;
  page: number;
}

/** What a key asks a grid to do. */
export type GridIntent =
  | { do: 'move'; to: GridPosition }
  | { do: 'open' }
  | { do: 'select' }
  | { do: 'clear' }
  | { do: 'sort'; additive: boolean }
  | { do: 'resize'; by: number };

const RESIZE_STEP = 16;

type Move = (at: GridPosition, size: GridSize, wide: boolean) => GridPosition;

const MOVES: Readonly<Record<string, Move>> = {
  ArrowUp: (at, _size, wide) => ({ ...at, row: wide ? 0 : at.row - 1 }),
  ArrowDown: (at, size, wide) => ({ ...at, row: wide ? size.rows - 1 : at.row + 1 }),
  ArrowLeft: (at, _size, wide) => ({ ...at, column: wide ? 0 : at.column - 1 }),
  ArrowRight: (at, size, wide) => ({ ...at, column: wide ? size.columns - 1 : at.column + 1 }),
  Home: (at, _size, wide) => ({ row: wide ? 0 : at.row, column: 0 }),
  End: (at, size, wide) => ({ row: wide ? size.rows - 1 : at.row, column: size.columns - 1 }),
  PageUp: (at, size) => ({ ...at, row: Math.max(0, at.row - size.page) }),
  PageDown: (at, size) => ({ ...at, row: at.row + size.page }),
};

function within(at: GridPosition, size: GridSize): GridPosition {
  return {
    row: Math.max(-1, Math.min(size.rows - 1, at.row)),
    column: Math.max(0, Math.min(size.columns - 1, at.column)),
  };
}

function headerIntent(press: KeyPress): GridIntent | null {
  if (press.key === 'Enter' || press.key === ' ') return { do: 'sort', additive: press.shiftKey };
  if (!press.shiftKey) return null;
  if (press.key === 'ArrowLeft') return { do: 'resize', by: -RESIZE_STEP };
  if (press.key === 'ArrowRight') return { do: 'resize', by: RESIZE_STEP };
  return null;
}

function rowIntent(press: KeyPress): GridIntent | null {
  if (press.key === 'Enter') return { do: 'open' };
  if (press.key === ' ') return { do: 'select' };
  return press.key === 'Escape' ? { do: 'clear' } : null;
}

/**
 * The keyboard pattern of an ARIA grid: arrows, Home, End and the page keys move the active cell (with Ctrl to the ends
 * of the list), Enter opens and Space selects a row; on a header Enter sorts (Shift adds a level) and Shift with an arrow
 * changes the width.
 * @returns null for a key the grid leaves to others.
 */
export function gridIntent(press: KeyPress, at: GridPosition, size: GridSize): GridIntent | null {
  if (press.altKey) return null;
  const own = at.row < 0 ? headerIntent(press) : rowIntent(press);
  if (own !== null) return own;
  const move = MOVES[press.key];
  if (move === undefined) return null;
  return { do: 'move', to: within(move(at, size, press.ctrlKey || press.metaKey), size) };
}
