import { parentPort, workerData } from 'node:worker_threads';
import type { EventBatch } from '../../src-contract/journal.ts';
import { systemClock } from '../lib/clock.ts';
import { freeMemory } from '../lib/free-memory.ts';
import { openWriter } from './open-writer.ts';
import { WRITER_CALLS } from './port-calls.ts';
import type { WriterPort } from './port.ts';
import { servePort } from './serve-port.ts';
import type { Answering, WriterData } from './thread-messages.ts';

const { folder, now, answers } = workerData as Answering<WriterData>;

if (parentPort !== null) {
  servePort<WriterPort>(parentPort, answers, ({ log, grown }) => {
    const clock = { now: () => now, monotonic: () => systemClock.monotonic() };
    const { writer, setAside } = openWriter(folder, clock, log, grown);
    return {
      port: writer,
      names: WRITER_CALLS,
      setAside,
      answered: (name, [batch]) => {
        if (name === 'commit') freeMemory((batch as EventBatch).bodies);
      },
    };
  });
}
