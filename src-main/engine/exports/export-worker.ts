import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../lib/clock.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { silentLog } from '../../lib/log.ts';
import type { FromExport, ToExport } from './export-messages.ts';
import type { ExportRequest } from './export-request.ts';
import { inlineExport } from './inline-export.ts';

if (parentPort === null) throw new Error('this file is the entry of a worker thread');
const port = parentPort;
const say = (message: FromExport): void => port.postMessage(message);

const cancel = new AbortController();
// There is only one thing it can be told.
port.on('message', (_: ToExport) => cancel.abort(new Error('cancelled')));

// Without a log: nobody waits for one of its pages, however slow it is.
const run = inlineExport(systemClock, silentLog, () => setImmediate());
run(workerData as ExportRequest, {
  signal: cancel.signal,
  onProgress: (rows) => say({ t: 'progress', rows }),
})
  .then(
    ({ bytes }) => say({ t: 'done', bytes }),
    (error: unknown) => say({ t: 'failed', message: errorMessage(error) }),
  )
  .finally(() => port.close());
