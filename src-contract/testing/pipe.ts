import { feedKey } from '../feed-keys.ts';
import type { ClientMessage, ServerMessage } from '../frames.ts';
import type { Transport, TransportState } from '../transport.ts';
import { WireClient, type Visibility } from '../wire-client.ts';

/** What the engine says first. */
export const HELLO: ServerMessage = { t: 'hello', epoch: 'e1', version: '1.2.3', env: 'dev' };

/** A pipe whose other end is the test, with a client on it and timers that the test runs. */
export class Pipe implements Transport {
  readonly sent: ClientMessage[] = [];
  readonly timers = new Set<{ ms: number; fn: () => void }>();
  readonly client: WireClient;
  closed = false;
  #message: ((text: string) => void) | null = null;
  #state: ((state: TransportState) => void) | null = null;

  constructor(whenDrawn?: (acknowledge: () => void) => void, visibility?: Visibility) {
    this.client = new WireClient({
      transport: this,
      after: (ms, fn) => {
        const timer = { ms, fn };
        this.timers.add(timer);
        return () => this.timers.delete(timer);
      },
      now: () => 1000,
      keyOf: feedKey,
      ...(whenDrawn === undefined ? {} : { whenDrawn }),
      ...(visibility === undefined ? {} : { visibility }),
    });
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientMessage);
  }

  onMessage(listener: (text: string) => void): () => void {
    this.#message = listener;
    return () => {
      this.#message = null;
    };
  }

  onState(listener: (state: TransportState) => void): () => void {
    this.#state = listener;
    listener({ state: 'open' });
    return () => {
      this.#state = null;
    };
  }

  close(): void {
    this.closed = true;
  }

  /** The engine says something. */
  say(message: ServerMessage): void {
    this.#message?.(JSON.stringify(message));
  }

  /** The transport changes. */
  turn(state: TransportState): void {
    this.#state?.(state);
  }

  /** The time-outs of all open calls pass. */
  timeOut(): void {
    for (const timer of this.timers) timer.fn();
  }

  /** Takes out what was sent since the last look. */
  taken(): ClientMessage[] {
    return this.sent.splice(0);
  }
}
