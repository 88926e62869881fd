import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { workerEntry } from '../lib/worker-entry.ts';
import type { StoreWorker, WorkerListener } from './store-thread.ts';
import type { FromThread, ReaderData, StoreThreadName, ToThread, WriterData } from './thread-messages.ts';

/**
 * A thread of the store that answers over a port of its own. What lies in the port of a worker can only be waited for, and
 * the event loop comes to it late: of a busy socket it reads up to 32 pieces first. This one can be looked into.
 */
export class AnsweringWorker implements StoreWorker {
  readonly #worker: Worker;
  readonly #answers: MessagePort;

  /** Starts the thread. */
  constructor(name: StoreThreadName, data: WriterData | ReaderData) {
    const { port1, port2 } = new MessageChannel();
    this.#answers = port1;
    this.#worker = new Worker(workerEntry(name), {
      workerData: { ...data, answers: port2 },
      transferList: [port2],
    });
  }

  postMessage(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  listen({ said, threw, ended }: WorkerListener): void {
    this.#answers.on('message', said);
    this.#worker.on('error', threw);
    this.#worker.on('exit', ended);
  }

  take(): FromThread | undefined {
    return (receiveMessageOnPort(this.#answers) as { message: FromThread } | undefined)?.message;
  }

  close(): void {
    this.#answers.close();
  }

  /** Ends the thread in the middle of what it does. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }
}
