import { closeSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { CallArgs } from '../../../src-contract/channels.ts';
import type { InvoiceQuery } from '../../../src-contract/invoice-store.ts';
import { EXPORT_FORMATS, type ExportFormat, type Job } from '../../../src-contract/job.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Handlers } from '../../router/handlers.ts';
import type { Remote, ReaderPort } from '../../store/port.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { filterOf, NEWEST_FIRST } from '../invoices/invoice-query.ts';
import { unlessRefused } from '../invoices/store-refusals.ts';
import { exportFile, growingFile } from '../jobs/job-files.ts';
import type { JobList } from '../jobs/job-list.ts';
import type { ExportRequest, RunExport } from './export-request.ts';

/** What exports work with. */
export interface ExportHandlerOptions {
  dataFolder: string;
  read: (env: string | undefined) => Promise<EnvironmentRuntime>;
  reader: Pick<Remote<ReaderPort>, 'invoiceTotals'>;
  jobs: JobList;
  run: RunExport;
  clock: Pick<Clock, 'now'>;
}

/** The handler that begins an export. What is exported is what the filter keeps at that moment, however long it takes. */
export function exportHandlers(options: ExportHandlerOptions): Pick<Handlers, 'invoices.export'> {
  return {
    'invoices.export': async (args) => {
      options.jobs.assertRoom();
      const query = await queryOf(options, args);
      const { sort: _, ...set } = query;
      const { sums } = await unlessRefused(options.reader.invoiceTotals(set, 0), '/filter');
      return begin(options, { format: args.format, query, sums });
    },
  };
}

/** Deletes the file of an export, if there is one. */
export async function removeExport(dataFolder: string, job: string): Promise<void> {
  for (const format of EXPORT_FORMATS) await rm(exportFile(dataFolder, job, format), { force: true });
}

async function queryOf(
  { read }: ExportHandlerOptions,
  { env, filter, sort = NEWEST_FIRST, as_of: asked }: CallArgs<'invoices.export'>,
): Promise<InvoiceQuery> {
  const runtime = await read(env);
  const { generation, newest } = runtime.invoices.projection;
  // Beyond the newest lies what is shown while the rows are written.
  const asOf = Math.min(asked ?? newest, newest);
  return { env: runtime.env, generation, filter: filterOf(filter, '/filter'), sort, asOf };
}

function begin(
  { dataFolder, jobs, run, clock }: ExportHandlerOptions,
  what: Pick<ExportRequest, 'format' | 'query' | 'sums'>,
): Job {
  const { format, query, sums } = what;
  const total = sums.reduce((sum, { count }) => sum + count, 0);
  const title = `Export of ${total.toLocaleString('en')} invoices as ${nameOf(format)}`;
  const name = `invoices-${query.env}-${toTimestamp(clock.now()).slice(0, 19).replace(/[T:]/g, '-')}.${format}`;
  return jobs.begin({ kind: 'export', title, total }, async ({ id, signal, progress }) => {
    // Whoever is told of the job finds its file.
    closeSync(openSync(growingFile(dataFolder, id, format), 'wx'));
    const request = { dataFolder, job: id, ...what };
    const { bytes } = await run(request, { signal, onProgress: progress });
    return { name, bytes };
  });
}

function nameOf(format: ExportFormat): string {
  return format === 'parquet' ? 'Parquet' : format.toUpperCase();
}
