import { once } from 'node:events';
import { WebSocket, type RawData } from 'ws';
import type { LoadOptions } from '../load-options.ts';
import { unanswered, type LoadAnswer, type LoadTarget } from '../load-target.ts';

/** Sends events as frames of WebSockets, to each in turn. Rejects when one cannot be opened. */
export async function webSocketTarget(options: LoadOptions): Promise<LoadTarget> {
  const url = `${options.url.replace(/^http/, 'ws')}/ws/events`;
  const headers = options.token === null ? {} : { authorization: `Bearer ${options.token}` };
  const senders = Array.from(
    { length: options.connections },
    () => new Sender(new WebSocket(url, { headers })),
  );
  const stop = async (): Promise<void> => {
    for (const sender of senders) sender.close();
  };
  try {
    await Promise.all(senders.map((sender) => sender.opened));
  } catch (error) {
    await stop();
    throw error;
  }
  let turn = 0;
  return {
    send(events) {
      const sender = senders[(turn += 1) % senders.length];
      return sender === undefined ? Promise.resolve(unanswered('no socket')) : sender.send(events[0] ?? '');
    },
    stop,
  };
}

interface FrameAnswer {
  ref: number;
  ok: boolean;
  code?: string;
}

/** One socket, and those who wait for what their frames are answered. */
class Sender {
  readonly opened: Promise<unknown>;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: LoadAnswer) => void>();
  #ref = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.opened = once(socket, 'open');
    socket.on('message', (data) => this.#receive(data));
    socket.on('error', (error) => this.#giveUp(error));
    socket.on('close', (code) => this.#giveUp(`closed with ${code}`));
  }

  send(event: string): Promise<LoadAnswer> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.resolve(unanswered('closed'));
    return new Promise((resolve) => {
      const ref = (this.#ref += 1);
      this.#waiting.set(ref, resolve);
      this.#socket.send(`{"event":"new_event","payload":${event},"ref":${ref}}`);
    });
  }

  close(): void {
    this.#socket.terminate();
  }

  #receive(data: RawData): void {
    const { ref, ok, code = 'refused' } = JSON.parse((data as Buffer).toString()) as FrameAnswer;
    const resolve = this.#waiting.get(ref);
    this.#waiting.delete(ref);
    const kind = ok ? 'ok' : code;
    resolve?.({ kind, taken: ok, accepted: ok ? 1 : 0, rejected: code === 'invalid_event' ? 1 : 0 });
  }

  #giveUp(reason: unknown): void {
    for (const resolve of this.#waiting.values()) resolve(unanswered(reason));
    this.#waiting.clear();
  }
}
