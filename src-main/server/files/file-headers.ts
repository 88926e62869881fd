import type { ExportFormat } from '../../../src-contract/job.ts';

/** Media types of exports. */
export const FILE_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

/** Headers of a file that is to be saved. @param name of letters, digits, `-`, `_` and `.` */
export function fileHeaders(name: string, format: ExportFormat): Record<string, string> {
  return { 'content-type': FILE_TYPES[format], 'content-disposition': `attachment; filename="${name}"` };
}
