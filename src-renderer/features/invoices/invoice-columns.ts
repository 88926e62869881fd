import type { Snippet } from 'svelte';
import type { Invoice } from '../../../src-contract/invoice.ts';
import type { PagedColumn } from '../../ui/paged-grid/paged-column.ts';

type ColumnId =
  | 'number'
  | 'time'
  | 'company'
  | 'state'
  | 'net'
  | 'vat'
  | 'gross'
  | 'currency'
  | 'due'
  | 'source'
  | 'vat_percent';

/** How cells and totals are drawn, by column. */
export interface InvoiceCells {
  cells: Record<ColumnId, Snippet<[Invoice]>>;
  footers: Partial<Record<ColumnId, Snippet<[line: number]>>>;
}

type ColumnPlan = Omit<PagedColumn<Invoice>, 'cell' | 'footer' | 'id'> & { id: ColumnId };

const figure = { align: 'end', firstDirection: 'descending' } as const;

const PLAN: readonly ColumnPlan[] = [
  { id: 'number', title: 'Number', width: 124, hideable: false, text: (row) => row.number },
  { id: 'time', title: 'Issued', width: 172, firstDirection: 'descending', text: (row) => row.issued_at },
  { id: 'company', title: 'Company', width: 180, grow: true, text: (row) => row.company },
  { id: 'state', title: 'State', width: 92, text: (row) => row.state },
  { id: 'net', title: 'Net', width: 128, ...figure, text: (row) => row.net.amount },
  { id: 'vat', title: 'VAT', width: 116, ...figure, text: (row) => row.vat.amount },
  { id: 'gross', title: 'Gross', width: 128, ...figure, text: (row) => row.gross.amount },
  { id: 'currency', title: 'Currency', width: 84, text: (row) => row.gross.currency },
  { id: 'due', title: 'Due', width: 104, text: (row) => row.due_at ?? '' },
  { id: 'source', title: 'Source', width: 92, text: (row) => row.source },
  {
    id: 'vat_percent',
    title: 'VAT %',
    width: 72,
    align: 'end',
    sortable: false,
    text: (row) => row.vat_percent,
  },
];

/** The columns of the invoice grid; their ids are the names that the channels sort by. */
export function invoiceColumns({ cells, footers }: InvoiceCells): PagedColumn<Invoice>[] {
  return PLAN.map((column) => {
    const footer = footers[column.id];
    return { ...column, cell: cells[column.id], ...(footer === undefined ? {} : { footer }) };
  });
}

/** Ids of all columns in the grid's own order. */
export const COLUMN_IDS: readonly string[] = PLAN.map(({ id }) => id);

/** What the columns are called, by their ids. */
export const COLUMN_TITLES: ReadonlyMap<string, string> = new Map(PLAN.map(({ id, title }) => [id, title]));
