import { parentPort, workerData } from 'node:worker_threads';
import { openForFolding } from './database.ts';
import { LogFold } from './log-fold.ts';
import { FOLD_CALLS } from './port-calls.ts';
import type { FoldPort } from './port.ts';
import { servePort } from './serve-port.ts';
import type { Answering, ReaderData } from './thread-messages.ts';

const { file, answers } = workerData as Answering<ReaderData>;

if (parentPort !== null) {
  servePort<FoldPort>(parentPort, answers, () => {
    const port = new LogFold(openForFolding(file));
    return { port, names: FOLD_CALLS, setAside: null };
  });
}
