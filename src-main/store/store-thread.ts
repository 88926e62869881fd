import type { Log } from '../lib/log.ts';
import { RemoteCalls } from './remote-calls.ts';
import { StoreFailure } from './store-failure.ts';
import type { FromThread, ToThread } from './thread-messages.ts';
import { errorOf } from './wire-error.ts';

/** The part of a worker that the store uses. */
export interface StoreWorker {
  postMessage(message: ToThread): void;
  on(event: 'message', listener: (message: FromThread) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
}

/** What a {@link StoreThread} is told. */
export interface ThreadOptions {
  /** In words, for errors: "the store's writer". */
  title: string;
  /** The most calls that wait for it at a time. */
  limit: number;
  log: Log;
  /** It ended without having been asked to. */
  onDeath(reason: StoreFailure): void;
}

/** A thread of the store, seen from the one that asks it. */
export class StoreThread {
  readonly calls: RemoteCalls;
  readonly #worker: StoreWorker;
  readonly #options: ThreadOptions;
  readonly #ready = Promise.withResolvers<{ setAside: string | null }>();
  readonly #exited = Promise.withResolvers<undefined>();
  #reason: Error | null = null;
  #stopping = false;
  #started = false;

  constructor(worker: StoreWorker, options: ThreadOptions) {
    this.#worker = worker;
    this.#options = options;
    this.calls = new RemoteCalls(options.limit, (call) => this.#post({ type: 'call', ...call }));
    worker.on('message', (message: FromThread) => this.#hear(message));
    worker.on('error', (error: unknown) => {
      this.#reason = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', () => this.#exit());
  }

  /** Resolves once it can answer; rejects with why it cannot. */
  get ready(): Promise<{ setAside: string | null }> {
    return this.#ready.promise;
  }

  /** Lets it answer what was asked, close its connection and end. */
  async stop(): Promise<void> {
    if (!this.#stopping) this.#post({ type: 'stop' });
    this.#stopping = true;
    await this.#exited.promise;
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromThread): void {
    switch (message.type) {
      case 'ready':
        this.#started = true;
        this.#ready.resolve({ setAside: message.setAside });
        break;
      case 'failed':
        this.#ready.reject(errorOf(message.error));
        break;
      case 'answer':
        this.calls.answer(message.id, message.value);
        break;
      case 'refusal':
        this.calls.refuse(message.id, errorOf(message.error));
        break;
      case 'log':
        this.#options.log[message.level](message.message, message.fields);
    }
  }

  #exit(): void {
    const { title } = this.#options;
    const words = this.#stopping
      ? `${title} was stopped`
      : `${title} died: ${this.#reason?.message ?? 'its thread ended'}`;
    const failure = new StoreFailure('closed', words);
    this.calls.end(failure);
    this.#ready.reject(failure);
    this.#exited.resolve(undefined);
    if (this.#started && !this.#stopping) this.#options.onDeath(failure);
  }
}
