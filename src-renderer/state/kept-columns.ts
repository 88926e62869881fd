import { Persisted } from './persisted.svelte.ts';

/** What this browser remembers of a grid's columns, by their ids: widths in pixels, which are hidden, their order. */
export interface KeptColumns {
  readonly widths: Readonly<Record<string, number>>;
  readonly hidden: readonly string[];
  /** Left out while it is the grid's own. */
  readonly order?: readonly string[];
}

/** No grid has more columns, and no column a longer id; what holds more is not ours. */
const LIMITS = { columns: 50, idLength: 40 } as const;

const NOTHING_KEPT: KeptColumns = { widths: {}, hidden: [] };

function areIds(ids: readonly unknown[]): boolean {
  return (
    ids.length <= LIMITS.columns && ids.every((id) => typeof id === 'string' && id.length <= LIMITS.idLength)
  );
}

function isKeptColumns(value: unknown): value is KeptColumns {
  if (typeof value !== 'object' || value === null) return false;
  const { widths, hidden, order = [] } = value as Record<string, unknown>;
  if (typeof widths !== 'object' || widths === null || !Array.isArray(hidden)) return false;
  if (!Array.isArray(order) || !areIds(order)) return false;
  const isWidth = (width: unknown): boolean => typeof width === 'number' && Number.isFinite(width);
  return areIds(Object.keys(widths)) && Object.values(widths).every(isWidth) && areIds(hidden);
}

/** The columns of a grid as this browser remembers them; `grid` is its name, unique in the app. */
export function keptColumns(grid: string): Persisted<KeptColumns> {
  return new Persisted(`columns.${grid}`, NOTHING_KEPT, isKeptColumns);
}
