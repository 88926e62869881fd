import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../lib/clock.ts';
import { openForReading } from './database.ts';
import { READER_CALLS } from './port-calls.ts';
import type { ReaderPort } from './port.ts';
import { Reader } from './reader.ts';
import { servePort } from './serve-port.ts';
import type { ReaderData } from './thread-messages.ts';

const { file } = workerData as ReaderData;

if (parentPort !== null) {
  servePort<ReaderPort>(parentPort, (log) => {
    const port = new Reader(openForReading(file), systemClock, log);
    return { port, names: READER_CALLS, setAside: null };
  });
}
