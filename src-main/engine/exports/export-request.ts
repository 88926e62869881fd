import type { CurrencySums, InvoiceQuery } from '../../../src-contract/invoice-store.ts';
import type { ExportFormat } from '../../../src-contract/job.ts';

/** What is exported, and where to; structured-cloneable. */
export interface ExportRequest {
  /** The data folder, whose database is read over a connection of its own. */
  dataFolder: string;
  job: string;
  format: ExportFormat;
  query: InvoiceQuery;
  /** What the set comes to: an export whose rows add up to anything else fails. */
  sums: CurrencySums[];
}

/** How an export is followed, and cancelled. */
export interface ExportHooks {
  signal: AbortSignal;
  /** Rows written so far. */
  onProgress: (rows: number) => void;
}

/**
 * Writes an export's file; resolves with its bytes when it is complete. Rejects, and leaves no file behind, with a
 * CancelledError when it was cancelled, or with what went wrong.
 */
export type RunExport = (request: ExportRequest, hooks: ExportHooks) => Promise<{ bytes: number }>;
