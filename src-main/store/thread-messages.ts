import type { MessagePort } from 'node:worker_threads';
import type { LogFields } from '../lib/log.ts';
import type { ErrorData } from './wire-error.ts';

/** The threads of a store. */
export type StoreThreadName = 'store-writer' | 'store-reader' | 'store-fold';

/** What is said to a thread of the store. `stop`: answer what came before, close the database, end. */
export type ToThread = { type: 'call'; id: number; name: string; args: unknown[] } | { type: 'stop' };

/** What a thread of the store says. `ready` or `failed` comes first, once. */
export type FromThread =
  | { type: 'ready'; setAside: string | null }
  | { type: 'failed'; error: ErrorData }
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'refusal'; id: number; error: ErrorData }
  /** The log of the database grew by some MiB. */
  | { type: 'grown' }
  | { type: 'log'; level: 'debug' | 'info' | 'warn' | 'error'; message: string; fields: LogFields };

/** What the writer's thread is started with. `now` is UTC milliseconds, for the names of files. */
export interface WriterData {
  folder: string;
  now: number;
}

/** What a reader's thread, or the one that folds the log, is started with. */
export interface ReaderData {
  file: string;
}

/** What a thread of the store finds in its `workerData`: what it was started with, and the port that it answers to. */
export type Answering<Data extends WriterData | ReaderData> = Data & { answers: MessagePort };
