import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import type { Stoppable } from '../lib/disposables.ts';
import { createLog, type Log, type LogLevel } from '../lib/log.ts';
import { rotatingFile } from '../lib/rotating-file.ts';

/** The log of a host: JSON lines on standard error and in the data folder, 5 files of 10 MB. */
export interface HostLog extends Stoppable {
  readonly log: Log;
  /** Takes a line that was made elsewhere, such as in the engine's thread. */
  writeLine(line: string): void;
}

/** Where log lines also go. */
export interface LogOutput {
  write(line: string): unknown;
}

/** Opens the log of a host in the data folder, `logs/pulsedesk.log`. */
export function hostLog(
  dataFolder: string,
  level: LogLevel,
  clock: Pick<Clock, 'now'>,
  output: LogOutput,
): HostLog {
  const file = rotatingFile({
    path: join(dataFolder, 'logs', 'pulsedesk.log'),
    onError: (error) =>
      output.write(
        `${JSON.stringify({ level: 'error', message: 'the log file cannot be written', error: String(error) })}\n`,
      ),
  });
  const writeLine = (line: string): void => {
    output.write(line);
    file.write(line);
  };
  return { log: createLog({ level, clock, write: writeLine }), writeLine, stop: () => file.stop() };
}
