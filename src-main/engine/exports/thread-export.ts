import { rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { workerEntry } from '../../lib/worker-entry.ts';
import { growingFile } from '../jobs/job-files.ts';
import type { FromExport, ToExport } from './export-messages.ts';
import type { ExportHooks, ExportRequest } from './export-request.ts';

/** Exports in a thread of its own, see {@link RunExport}: a million rows would hold the engine for seconds. */
export function threadExport(
  request: ExportRequest,
  { signal, onProgress }: ExportHooks,
): Promise<{ bytes: number }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ bytes: number }>();
  const worker = new Worker(workerEntry('export-worker'), { workerData: request });
  const cancel = (): void => worker.postMessage({ t: 'cancel' } satisfies ToExport);
  let end: FromExport | null = null;
  let death: unknown = new Error('the thread of the export ended before it was done');
  worker.on('message', (message: FromExport) => {
    if (message.t === 'progress') onProgress(message.rows);
    else end = message;
  });
  worker.on('error', (error) => {
    death = error;
  });
  // Only now is its connection closed, and its file left alone.
  worker.on('exit', () => {
    signal.removeEventListener('abort', cancel);
    if (end?.t === 'done') return resolve({ bytes: end.bytes });
    rmSync(growingFile(request.dataFolder, request.job, request.format), { force: true });
    reject(signal.aborted ? signal.reason : end?.t === 'failed' ? new Error(end.message) : death);
  });
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  return promise;
}
