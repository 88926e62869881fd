import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import { errorMessage } from '../lib/error-message.ts';
import type { Log } from '../lib/log.ts';
import { AnsweringWorker } from './answering-worker.ts';
import { LogFolding } from './log-folding.ts';
import { READER_CALLS, WRITER_CALLS } from './port-calls.ts';
import type { ReaderPort, WriterPort } from './port.ts';
import { databaseFile } from './prepare-database.ts';
import { remotePort } from './promised.ts';
import { RestartingThread } from './restarting-thread.ts';
import { StoreThread, type StoreWorker } from './store-thread.ts';
import type { ReaderData, StoreThreadName, WriterData } from './thread-messages.ts';

/** The most calls that wait for the writer at a time. */
const MOST_WRITER_CALLS = 256;

/** Starts a thread of the store; tests keep hold of it to end it. */
export type StartThread = (name: StoreThreadName, data: WriterData | ReaderData) => StoreWorker;

/** What {@link openThreadStore} needs. */
export interface ThreadStoreOptions {
  folder: string;
  clock: Clock;
  log: Log;
  start?: StartThread;
}

const startThread: StartThread = (name, data) => new AnsweringWorker(name, data);

/** The store in threads: a writer, a reader for screens, one for jobs, and what folds the log once it grows. */
export async function openThreadStore({ folder, clock, log, start = startThread }: ThreadStoreOptions) {
  const deaths = new Emitter<Error>((error) =>
    log.error('a listener failed', { reason: errorMessage(error) }),
  );
  const writer = new StoreThread(start('store-writer', { folder, now: clock.now() }), {
    title: "the store's writer",
    limit: MOST_WRITER_CALLS,
    log,
    onGrown: () => folding.grown(),
    onDeath: (reason) => {
      log.error('the writer of the store died', { reason: reason.message });
      deaths.emit(reason);
    },
  });
  const beside = (name: StoreThreadName, title: string): RestartingThread =>
    new RestartingThread({
      title,
      start: () => start(name, { file: databaseFile(folder) }),
      clock,
      log,
    });
  const folding = new LogFolding(() => beside('store-fold', "the store's folding of its log"), log);
  const { setAside } = await writer.ready;
  const screens = beside('store-reader', "the store's reader for screens");
  const jobs = beside('store-reader', "the store's reader for jobs");
  const stop = async (): Promise<void> => {
    // The others first: while one is open, the writer cannot fold all of the log into the file.
    await Promise.all([screens.stop(), jobs.stop(), folding.stop()]);
    await writer.stop();
  };
  try {
    await Promise.all([screens.ready, jobs.ready]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    writer: remotePort<WriterPort>(WRITER_CALLS, (name, args) => {
      const call = () => writer.calls.call(name, args);
      return name === 'settle' ? folding.without(call) : call();
    }),
    screens: remotePort<ReaderPort>(READER_CALLS, (name, args) => screens.call(name, args)),
    jobs: remotePort<ReaderPort>(READER_CALLS, (name, args) => jobs.call(name, args)),
    queue: writer.calls,
    setAside,
    onWriterExit: (listener: (reason: Error) => void) => deaths.on(listener),
    stop,
  };
}
