import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../lib/clock.ts';
import { openForReading } from './database.ts';
import { READER_CALLS } from './port-calls.ts';
import type { ReaderPort } from './port.ts';
import { Reader } from './reader.ts';
import { servePort } from './serve-port.ts';
import type { Answering, ReaderData } from './thread-messages.ts';

const { file, answers } = workerData as Answering<ReaderData>;

if (parentPort !== null) {
  servePort<ReaderPort>(parentPort, answers, ({ log }) => {
    const port = new Reader(openForReading(file), systemClock, log);
    return { port, names: READER_CALLS, setAside: null };
  });
}
