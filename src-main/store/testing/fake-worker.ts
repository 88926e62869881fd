import { EventEmitter } from 'node:events';
import type { StoreWorker } from '../store-thread.ts';
import type { FromThread, ToThread } from '../thread-messages.ts';

/** A thread whose other side is the test. */
export class FakeWorker extends EventEmitter implements StoreWorker {
  /** What it was told, in order. */
  readonly heard: ToThread[] = [];

  postMessage(message: ToThread): void {
    this.heard.push(message);
  }

  /** Says something to the one that started it. */
  say(message: FromThread): void {
    this.emit('message', structuredClone(message));
  }

  /** Ends. */
  exit(): void {
    this.emit('exit', 0);
  }

  /** Throws something that nobody catches, and ends. */
  crash(error: Error): void {
    this.emit('error', error);
    this.exit();
  }
}
