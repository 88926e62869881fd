import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { ExportFormat } from '../../../src-contract/job.ts';
import { invoiceTotalsOf } from '../../projections/invoices/invoice-views.ts';
import { exportFile, growingFile } from '../jobs/job-files.ts';
import { csvFormat } from './csv-format.ts';
import type { ExportFormatter } from './export-format.ts';
import type { ExportHooks, ExportRequest } from './export-request.ts';
import { invoicePages, type PageReader } from './invoice-pages.ts';
import { jsonFormat } from './json-format.ts';
import { parquetFormat } from './parquet-format.ts';
import { differenceOf, RowSums } from './row-sums.ts';

const FORMATS: Record<ExportFormat, () => ExportFormatter> = {
  csv: csvFormat,
  json: jsonFormat,
  parquet: parquetFormat,
};

/** Totals of an export are not converted: they stand per currency. */
const NO_CONVERSION = { baseCurrency: '', rates: [] };

/**
 * Writes an export's file, see {@link RunExport}; it must exist, empty, where it grows.
 * @param pause lets others in between two pages.
 */
export async function writeExport(
  request: ExportRequest,
  reader: PageReader,
  { signal, onProgress }: ExportHooks,
  pause: () => Promise<void>,
): Promise<{ bytes: number }> {
  const { dataFolder, job, format } = request;
  const growing = growingFile(dataFolder, job, format);
  try {
    const bytes = await written(growing, request, reader, async (rows) => {
      onProgress(rows);
      await pause();
      signal.throwIfAborted();
    });
    renameSync(growing, exportFile(dataFolder, job, format));
    return { bytes };
  } catch (error) {
    rmSync(growing, { force: true });
    throw error;
  }
}

async function written(
  file: string,
  { format, query, sums }: ExportRequest,
  reader: PageReader,
  afterPage: (rows: number) => Promise<void>,
): Promise<number> {
  const descriptor = openSync(file, 'r+');
  try {
    let bytes = 0;
    const write = (chunk: Uint8Array): void => {
      for (let at = 0; at < chunk.length;) at += writeSync(descriptor, chunk, at);
      bytes += chunk.length;
    };
    const formatter = FORMATS[format]();
    const own = new RowSums();
    let rows = 0;
    write(formatter.begin());
    for (const page of invoicePages(reader, query)) {
      own.add(page);
      write(formatter.rows(page));
      rows += page.length;
      await afterPage(rows);
    }
    const difference = differenceOf(own.list(), sums);
    if (difference !== null) {
      throw new Error(
        `the invoices changed while they were exported, so that it was given up: ${difference}`,
      );
    }
    write(formatter.end(invoiceTotalsOf(own.list(), NO_CONVERSION).totals));
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}
