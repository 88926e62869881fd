import type { Clock } from '../lib/clock.ts';
import type { Stoppable } from '../lib/disposables.ts';
import type { Log } from '../lib/log.ts';
import { openInlineStore } from './inline-store.ts';
import type { ReaderPort, Remote, WriterPort } from './port.ts';
import { openThreadStore, type StartThread } from './thread-store.ts';

/** What a store needs. `threads`: writer and two readers in threads of their own; `inline`: on the calling thread. */
export interface StoreOptions {
  /** Data folder; made when missing. Lock it first. */
  folder: string;
  mode: 'threads' | 'inline';
  log: Log;
  clock: Clock;
  /** How a thread is started, for tests that end it. */
  start?: StartThread;
}

/** Calls that wait for the writer: how many there are, how many there may be, and the most there have been. */
export interface CallQueue {
  readonly size: number;
  readonly limit: number;
  readonly highWater: number;
}

/** An open database: one writer, a reader for screens and one for jobs such as replay. */
export interface Store extends Stoppable {
  readonly writer: Remote<WriterPort>;
  readonly screens: Remote<ReaderPort>;
  readonly jobs: Remote<ReaderPort>;
  /** Calls of the writer. */
  readonly queue: CallQueue;
  /** File name of a damaged database that was moved out of the way when this one was opened. */
  readonly setAside: string | null;
  /** Tells once, in words, when the writer has died: then every call rejects. Returns what unsubscribes. */
  onWriterExit(listener: (reason: Error) => void): () => void;
  /** Waits for the calls under way, folds the log into the file and closes it. */
  stop(): Promise<void>;
}

/**
 * Opens the store of a data folder: makes, migrates or sets aside its database. Rejects with a FutureDatabaseError when
 * a newer version of the app wrote it, or a StoreFailure that says what is wrong.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  return options.mode === 'inline' ? openInlineStore(options) : openThreadStore(options);
}
