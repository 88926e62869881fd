import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Type, { type Static } from 'typebox';
import { invoiceFilter, InvoiceSort } from '../../../src-contract/invoice.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../../src-contract/job.ts';
import { env } from '../../../src-contract/paging.ts';
import { exportFile, growingFile } from '../../engine/jobs/job-files.ts';
import { Problem } from '../problem.ts';
import type { ServerParts } from '../server-parts.ts';
import { FILE_TYPES, fileHeaders } from './file-headers.ts';
import { growingBytes } from './growing-bytes.ts';
import { JobWatch } from './job-watch.ts';

const Query = Type.Object(
  { ...env, ...invoiceFilter, sort: Type.Optional(InvoiceSort) },
  // A mistyped filter would be passed over, and another set exported than was meant.
  { additionalProperties: false },
);
type Query = Static<typeof Query>;

type ExportParts = Pick<ServerParts, 'client' | 'dataFolder' | 'log'>;

/** `/api/export/invoices.csv` and its like: what a filter keeps, as a file that is sent while it is written. */
export function exportRoutes(app: FastifyInstance, parts: ExportParts): void {
  for (const format of EXPORT_FORMATS) {
    const schema = {
      summary: `What a filter keeps of the shown invoices, and its totals, as a ${format} file`,
      operationId: `export.invoices.${format}`,
      querystring: Query,
      response: {
        200: { description: 'The file', content: { [FILE_TYPES[format]]: { schema: Type.String() } } },
        '4xx': problem,
        '5xx': problem,
      },
    };
    const url = `/api/export/invoices.${format}`;
    const options = { schema, exposeHeadRoute: false, config: { isCostly: true } };
    app.get<{ Querystring: Query }>(url, options, ({ query }, reply) =>
      sendExport(parts, format, query, reply),
    );
  }
}

const problem = {
  description: 'What was wrong, and what is accepted',
  content: { 'application/problem+json': { schema: Problem } },
};

/** Begins the job, and sends its file as it grows. The job is cancelled, or forgotten with its file, when that is over. */
async function sendExport(
  { client, dataFolder, log }: ExportParts,
  format: ExportFormat,
  { env: environment, sort, ...filter }: Query,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const gone = new AbortController();
  const job = await client.call('invoices.export', {
    format,
    filter,
    ...(environment === undefined ? {} : { env: environment }),
    ...(sort === undefined ? {} : { sort }),
  });
  const watch = new JobWatch(client, job.id);
  const files = [growingFile(dataFolder, job.id, format), exportFile(dataFolder, job.id, format)] as const;
  const file = Readable.from(growingBytes(files, watch, gone.signal));
  file.once('error', (error) => log.warn('an export was not sent to its end', { reason: error.message }));
  file.once('close', () => {
    gone.abort();
    watch.stop();
    client
      .call('job.cancel', { id: job.id })
      .catch((error: unknown) => log.warn('an export could not be ended', { error }));
  });
  const leave = (): void => {
    gone.abort();
    watch.wake();
    file.destroy();
  };
  reply.raw.once('close', leave);
  // It may have gone away while the job began.
  if (reply.raw.destroyed) leave();
  return reply.headers(fileHeaders(`invoices.${format}`, format)).send(file);
}
