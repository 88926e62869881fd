import type { Log } from '../lib/log.ts';
import { RemoteCalls } from './remote-calls.ts';
import { StoreFailure } from './store-failure.ts';
import type { FromThread, ToThread } from './thread-messages.ts';
import { errorOf } from './wire-error.ts';

/** Is told what a {@link StoreWorker} does. */
export interface WorkerListener {
  said: (message: FromThread) => void;
  /** Something that nobody caught; it ends then. */
  threw: (error: unknown) => void;
  ended: () => void;
}

/** A thread that can be talked to. */
export interface StoreWorker {
  postMessage(message: ToThread): void;
  /** Tells from now on what it does, as the event loop comes to it; once. */
  listen(listener: WorkerListener): void;
  /** Takes the oldest of what it said and the event loop did not come to yet. */
  take(): FromThread | undefined;
  /** Hears it no more: it ended. */
  close(): void;
}

/** What a {@link StoreThread} is told. */
export interface ThreadOptions {
  /** In words, for errors: "the store's writer". */
  title: string;
  /** The most calls that wait for it at a time. */
  limit: number;
  log: Log;
  /** The log of the database grew by some MiB. */
  onGrown?: () => void;
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
  #listensSoon = false;

  constructor(worker: StoreWorker, options: ThreadOptions) {
    this.#worker = worker;
    this.#options = options;
    this.calls = new RemoteCalls(options.limit, (call) => this.#post({ type: 'call', ...call }));
    worker.listen({
      said: (message) => this.#hear(message),
      threw: (error) => {
        this.#reason = error instanceof Error ? error : new Error(String(error));
      },
      ended: () => this.#exit(),
    });
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
    if (this.#listensSoon) return;
    this.#listensSoon = true;
    // Who asks while a socket is busy would hear of earlier answers after dozens of reads; but never within the call.
    queueMicrotask(() => {
      this.#listensSoon = false;
      this.#hearAll();
    });
  }

  /** Hears all that came: at most the answers to what was asked, and lines of the log. */
  #hearAll(): void {
    for (;;) {
      const message = this.#worker.take();
      if (message === undefined) return;
      this.#hear(message);
    }
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
      case 'grown':
        this.#options.onGrown?.();
        break;
      case 'log':
        this.#options.log[message.level](message.message, message.fields);
    }
  }

  #exit(): void {
    this.#hearAll();
    this.#worker.close();
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
