import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { openForReading } from '../../store/database.ts';
import { databaseFile } from '../../store/prepare-database.ts';
import { Reader } from '../../store/reader.ts';
import type { RunExport } from './export-request.ts';
import { writeExport } from './write-export.ts';

/**
 * Exports on the calling thread, over a connection of its own.
 * @param pause lets others in between two pages.
 */
export function inlineExport(
  clock: Pick<Clock, 'monotonic'>,
  log: Log,
  pause: () => Promise<void>,
): RunExport {
  return async (request, hooks) => {
    const reader = new Reader(openForReading(databaseFile(request.dataFolder)), clock, log);
    try {
      return await writeExport(request, reader, hooks, pause);
    } finally {
      reader.close();
    }
  };
}
