import { EventEmitter } from 'node:events';
import type { FromEngine, ToEngine } from '../engine-messages.ts';
import type { EngineWorker } from '../engine-thread.ts';

/** The engine's thread as the test plays it. */
export class FakeEngineWorker extends EventEmitter implements EngineWorker {
  readonly posted: ToEngine[] = [];
  terminated = false;

  postMessage(message: ToEngine, transfer?: readonly ArrayBuffer[]): void {
    this.posted.push(structuredClone(message, { transfer: [...(transfer ?? [])] }));
  }

  terminate(): Promise<void> {
    this.terminated = true;
    return Promise.resolve();
  }

  /** The engine says something. */
  say(message: FromEngine): void {
    this.emit('message', message);
  }

  /** The thread ends. */
  die(error?: Error): void {
    if (error !== undefined) this.emit('error', error);
    this.emit('exit', 1);
  }
}
