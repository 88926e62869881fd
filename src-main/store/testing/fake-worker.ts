import type { StoreWorker, WorkerListener } from '../store-thread.ts';
import type { FromThread, ToThread } from '../thread-messages.ts';

/** A thread whose other side is the test. */
export class FakeWorker implements StoreWorker {
  /** What it was told, in order. */
  readonly heard: ToThread[] = [];
  /** Whether it was closed: then nothing of it is heard any more. */
  closed = false;
  readonly #unheard: FromThread[] = [];
  #listener: WorkerListener | null = null;

  postMessage(message: ToThread): void {
    this.heard.push(message);
  }

  listen(listener: WorkerListener): void {
    this.#listener = listener;
  }

  take(): FromThread | undefined {
    return this.closed ? undefined : this.#unheard.shift();
  }

  close(): void {
    this.closed = true;
  }

  /** Says something to the one that started it. */
  say(message: FromThread): void {
    this.#listener?.said(structuredClone(message));
  }

  /** Has said something that the event loop did not come to yet. */
  leave(message: FromThread): void {
    this.#unheard.push(structuredClone(message));
  }

  /** Ends. */
  exit(): void {
    this.#listener?.ended();
  }

  /** Throws something that nobody catches, and ends. */
  crash(error: Error): void {
    this.#listener?.threw(error);
    this.exit();
  }
}
