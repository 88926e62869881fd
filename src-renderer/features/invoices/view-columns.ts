import type { KeptColumns } from '../../state/kept-columns.ts';
import { COLUMN_IDS } from './invoice-columns.ts';

/** The shown columns in their order. */
export function shownColumns({ hidden, order }: KeptColumns): string[] {
  const known = (order ?? []).filter((id) => COLUMN_IDS.includes(id));
  const all = [...known, ...COLUMN_IDS.filter((id) => !known.includes(id))];
  return all.filter((id) => !hidden.includes(id));
}

/** The choices that show these columns, and widths as they were; columns that there are not any more are left out. */
export function withColumns(kept: KeptColumns, columns: readonly string[]): KeptColumns {
  const shown = columns.filter((id) => COLUMN_IDS.includes(id));
  // A view without columns was made by another program: it says nothing about them.
  if (shown.length === 0) return kept;
  const hidden = COLUMN_IDS.filter((id) => !shown.includes(id));
  return { ...kept, hidden, order: [...shown, ...hidden] };
}
