import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { openForReading } from './database.ts';
import { openWriter } from './open-writer.ts';
import { databaseFile } from './prepare-database.ts';
import type { ReaderPort, WriterPort } from './port.ts';
import { promised } from './promised.ts';
import { READER_CALLS, WRITER_CALLS } from './port-calls.ts';
import { Reader } from './reader.ts';

/** The store on the calling thread: each call is done before its promise is returned, so order is what was asked. */
export function openInlineStore({ folder, clock, log }: { folder: string; clock: Clock; log: Log }) {
  const { writer, setAside } = openWriter(folder, clock, log);
  const file = databaseFile(folder);
  const screens = new Reader(openForReading(file), clock, log);
  const jobs = new Reader(openForReading(file), clock, log);
  return {
    writer: promised<WriterPort>(writer, WRITER_CALLS),
    screens: promised<ReaderPort>(screens, READER_CALLS),
    jobs: promised<ReaderPort>(jobs, READER_CALLS),
    queue: { size: 0, limit: 1, highWater: 0 },
    setAside,
    onWriterExit: () => () => {},
    async stop(): Promise<void> {
      screens.close();
      jobs.close();
      writer.close();
    },
  };
}
