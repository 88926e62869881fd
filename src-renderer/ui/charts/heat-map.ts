import type { KeyPress } from '../key-press.ts';

/** How many steps of colour there are above nothing. */
export const HEAT_LEVELS = 5;

/** A cell of a heat map. */
export interface HeatCell {
  row: number;
  column: number;
}

/** The colour step of a count: 0 for none, else 1 to {@link HEAT_LEVELS}, in equal parts of the largest. */
export function heatLevel(value: number, largest: number): number {
  if (value <= 0 || largest <= 0) return 0;
  return Math.min(HEAT_LEVELS, Math.ceil((value / largest) * HEAT_LEVELS));
}

/** The counts that share each colour step above nothing; a step that no whole number falls into is left out. */
export function heatRanges(largest: number): { level: number; from: number; to: number }[] {
  return Array.from({ length: HEAT_LEVELS }, (_, index) => ({
    level: index + 1,
    from: Math.floor((index * largest) / HEAT_LEVELS) + 1,
    to: Math.floor(((index + 1) * largest) / HEAT_LEVELS),
  })).filter(({ from, to }) => from <= to);
}

const MOVES: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/** Where a key moves the cell that is read; null takes it away, undefined: the key does nothing. It comes in at the first. */
export function stepCell(
  { key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress,
  at: HeatCell | null,
  size: { rows: number; columns: number },
): HeatCell | null | undefined {
  if (ctrlKey || metaKey || altKey || shiftKey) return undefined;
  if (key === 'Escape') return null;
  const move = MOVES[key];
  if (move === undefined) return undefined;
  if (at === null) return { row: 0, column: 0 };
  const [rows, columns] = move;
  return {
    row: within(at.row + rows, size.rows),
    column: within(at.column + columns, size.columns),
  };
}

function within(place: number, count: number): number {
  return Math.max(0, Math.min(count - 1, place));
}
