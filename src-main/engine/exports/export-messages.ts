/** What the thread of an export is told: to give up. */
export interface ToExport {
  t: 'cancel';
}

/** What it says: how far it is, then once how it ended. */
export type FromExport =
  { t: 'progress'; rows: number } | { t: 'done'; bytes: number } | { t: 'failed'; message: string };
