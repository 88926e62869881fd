import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { openForReading } from './database.ts';
import { prepareDatabase } from './prepare-database.ts';
import { promised } from './promised.ts';
import { READER_CALLS, WRITER_CALLS } from './port-calls.ts';
import { Reader } from './reader.ts';
import { ReserveFile } from './reserve-file.ts';
import { Writer } from './writer.ts';

/** The store on the calling thread: each call is done before its promise is returned, so order is what was asked. */
export function openInlineStore({ folder, clock, log }: { folder: string; clock: Clock; log: Log }) {
  const { db, setAside } = prepareDatabase(folder, clock, log);
  const reserve = new ReserveFile(folder);
  reserve.ensure();
  const writer = new Writer({ db, reserve, clock, log });
  const screens = new Reader(openForReading(db.name), clock, log);
  const jobs = new Reader(openForReading(db.name), clock, log);
  return {
    writer: promised(writer, WRITER_CALLS),
    screens: promised(screens, READER_CALLS),
    jobs: promised(jobs, READER_CALLS),
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
