import { nanos, type Msg } from '@nats-io/transport-node';
import type { Clock } from '../../lib/clock.ts';
import { AckReply } from './ack-reply.ts';
import { PullWindow } from './pull-window.ts';

/** A request for messages that brings none ends after this long, in milliseconds. */
const REQUEST_MS = 20_000;
/** The server says this often that a waiting request is alive, in milliseconds … */
const HEARTBEAT_MS = 2_500;
/** … and a request that is silent for this many times is given up. */
const SILENT_BEATS = 3;
/** Bytes per request, so that the server never has more on its way than it holds for a slow reader (64 MiB). */
const REQUEST_BYTES = 8 * 1024 * 1024;
const HEARTBEAT = 100;
const NO_MESSAGES = 404;
const REQUEST_EXPIRED = 408;
const BYTES_USED_UP = /exceeds maxbytes/i;

/** What is used of a connection. */
export interface PullConnection {
  readonly info?: { readonly max_payload: number } | undefined;
  isClosed(): boolean;
  publish(subject: string, payload: string, options: { reply: string }): void;
  subscribe(
    subject: string,
    options: { callback(error: Error | null, message: Msg): void },
  ): { getSubject(): string; unsubscribe(): void };
}

/** What a pull consumer works with. */
export interface PullConsumerOptions {
  connection: PullConnection;
  clock: Clock;
  stream: string;
  consumer: string;
  /** How many messages may be taken now. */
  room(): number;
  /** One message, in the order of the stream. */
  take(message: Msg, seq: number, publishedAt: number): void;
  /** The consumer is of no use any more, and halted: a message is missing, or the server is silent or said so. */
  ended(cause: string): void;
  /** Taking a message failed, or the server does not permit to read; the consumer is halted. */
  failed(error: unknown): void;
}

/** Pulls messages from one consumer of a stream until it is halted; it never acknowledges any. */
export class PullConsumer {
  readonly #options: PullConsumerOptions;
  readonly #subscription: ReturnType<PullConnection['subscribe']>;
  readonly #stopWatching: () => void;
  readonly #ack = new AckReply();
  readonly #window = new PullWindow();
  #delivered = 0;
  #heard = true;
  #silentBeats = 0;
  #halted = false;

  constructor(options: PullConsumerOptions) {
    this.#options = options;
    const inbox = `_INBOX.${options.consumer}.${Math.trunc(options.clock.monotonic())}`;
    this.#subscription = options.connection.subscribe(inbox, {
      callback: (error, message) => {
        if (this.#halted) return;
        try {
          if (error === null) this.#take(message);
          else this.#fail(error);
        } catch (thrown) {
          // What is thrown here would silently end the reading of the whole connection.
          this.#fail(thrown);
        }
      },
    });
    this.#stopWatching = options.clock.every(HEARTBEAT_MS, () => this.#watch());
  }

  /** Messages taken. */
  get delivered(): number {
    return this.#delivered;
  }

  /** Whether a request waits at the server. */
  get waits(): boolean {
    return this.#window.outstanding > 0;
  }

  /** Asks for as many messages as there is room for. */
  pull(): void {
    const { connection, stream, consumer } = this.#options;
    if (this.#halted || connection.isClosed()) return;
    if (!this.waits) this.#heard = true;
    const batch = this.#window.next(this.#options.room());
    if (batch === 0) return;
    const request = {
      batch,
      // A message that alone is larger would never come.
      max_bytes: Math.max(REQUEST_BYTES, 2 * (connection.info?.max_payload ?? 0)),
      expires: nanos(REQUEST_MS),
      idle_heartbeat: nanos(HEARTBEAT_MS),
    };
    connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`, JSON.stringify(request), {
      reply: this.#subscription.getSubject(),
    });
  }

  /** Takes nothing more, from this moment on. */
  halt(): void {
    if (this.#halted) return;
    this.#halted = true;
    this.#stopWatching();
    this.#subscription.unsubscribe();
  }

  #take(message: Msg): void {
    this.#heard = true;
    const { reply } = message;
    if (reply === undefined || reply === '' || !this.#ack.read(reply)) return this.#takeStatus(message);
    const { seq, consumerSeq, publishedAt } = this.#ack;
    if (consumerSeq !== this.#delivered + 1) {
      return this.#end(`message ${consumerSeq} came where ${this.#delivered + 1} was due`);
    }
    this.#delivered = consumerSeq;
    const askAgain = this.#window.delivered();
    this.#options.take(message, seq, publishedAt);
    if (askAgain) this.pull();
  }

  #takeStatus({ headers }: Msg): void {
    if (headers === undefined) return this.#end('something else arrived');
    const { code, description } = headers;
    if (code === HEARTBEAT) return;
    const over = code === REQUEST_EXPIRED || code === NO_MESSAGES || BYTES_USED_UP.test(description);
    if (!over) return this.#end(`${code} ${description}`);
    const undelivered = Number(headers.get('Nats-Pending-Messages'));
    this.#window.expired(undelivered > 0 ? undelivered : this.#window.outstanding);
    this.pull();
  }

  #watch(): void {
    this.#silentBeats = this.#heard || !this.waits ? 0 : this.#silentBeats + 1;
    this.#heard = false;
    if (this.#silentBeats >= SILENT_BEATS) this.#end('the server is silent');
  }

  #end(cause: string): void {
    this.halt();
    this.#options.ended(cause);
  }

  #fail(error: unknown): void {
    this.halt();
    this.#options.failed(error);
  }
}
