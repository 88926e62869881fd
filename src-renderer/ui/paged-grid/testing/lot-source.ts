import type { SortKey } from '../../grid/sort.ts';
import type { RowSource } from '../row-source.ts';
import type { Lot } from './lot.ts';

/** What a source of lots is like; what is left out is usual. */
export interface LotPlan {
  length: number;
  scope?: string;
  version?: number;
  sort?: readonly SortKey[];
  /** Null: the source does not know. Default: its length. */
  count?: number | null;
  /** Added to the ids: rows of another moment are other rows. */
  from?: number;
  /** Awaited before each answer. */
  before?(offset: number): Promise<void>;
}

/** A source of lots whose place n holds lot n + from, and the offsets it was asked for. */
export function lotSource(plan: LotPlan): RowSource<Lot> & { asked: number[] } {
  const { length, scope = 'all', version = 1, count = length, from = 0 } = plan;
  const asked: number[] = [];
  return {
    scope,
    version,
    count,
    sort: plan.sort ?? [{ column: 'name', direction: 'ascending' }],
    asked,
    async fetch(offset, limit) {
      asked.push(offset);
      await plan.before?.(offset);
      const rows = Math.max(0, Math.min(limit, length - offset));
      return Array.from({ length: rows }, (_, index) => lotAt(from + offset + index));
    },
  };
}

function lotAt(id: number): Lot {
  return { id, name: `lot ${id}`, amount: id * 10 };
}
