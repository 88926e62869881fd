import { AckPolicy, DeliverPolicy, type ConsumerInfo, type JetStreamManager } from '@nats-io/jetstream';
import { nanos, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import type { StreamIntake } from '../../../src-contract/intake.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import { AckReply } from './ack-reply.ts';
import type { Overlap } from './overlap.ts';
import { PullWindow } from './pull-window.ts';
import { isWhollyOf, type StreamCandidate } from './stream-coverage.ts';

/** A request for messages that brings none ends after this long, in milliseconds. */
const REQUEST_MS = 20_000;
/** The server says this often that a waiting request is alive, in milliseconds … */
const HEARTBEAT_MS = 3000;
/** … and one that is silent for this long is given up, with its consumer. */
const SILENT_MS = 7500;
/** The server forgets a consumer nobody asks after this long, in milliseconds. */
const INACTIVE_MS = 60_000;
const REQUEST_EXPIRED = 408;
const NO_MESSAGES = 404;
const HEARTBEAT = 100;

/** What a reader works with. */
export interface StreamReaderOptions {
  connection: NatsConnection;
  manager: JetStreamManager;
  env: string;
  stream: StreamCandidate;
  intake: StreamIntake;
  clock: Clock;
  /** What a plain subscription took of the same messages before this stream was read. */
  overlap: Overlap;
  /** Reading cannot go on; the session decides what to do. */
  fail(error: unknown): void;
}

/**
 * Reads one stream in order from behind the last message offered: pulls what there is room for, without acknowledgements,
 * from a consumer of its own that the server forgets. When a message is missing, or the consumer is gone or silent, it
 * begins again with a new consumer behind the last message offered.
 */
export class StreamReader implements Stoppable {
  readonly #options: StreamReaderOptions;
  readonly #prefixLength: number;
  readonly #stops: (() => void)[] = [];
  #ack = new AckReply();
  #window = new PullWindow();
  #consumer: ConsumerInfo | null = null;
  #subscription: Subscription | null = null;
  #expectedConsumerSeq = 1;
  #heardAt = 0;
  #messageAt = 0;
  /** The last message read, offered or not: one that was taken by plain subscription before is not offered again. */
  #position = 0;
  #restarting = false;
  #stopped = false;

  constructor(options: StreamReaderOptions) {
    this.#options = options;
    this.#prefixLength = options.env.length + 1;
  }

  /** Begins to read. Rejects when the server refuses the consumer. */
  async start(): Promise<void> {
    const { intake, clock } = this.#options;
    await this.#begin();
    this.#stops.push(intake.onRoom(() => this.#pull()));
    this.#stops.push(clock.every(HEARTBEAT_MS, () => this.#watch()));
  }

  /** What the server says of the stream now: for the lag, and for messages it no longer holds. */
  observe(state: { firstSeq: number; lastSeq: number }): void {
    const { intake, clock } = this.#options;
    intake.observe(state);
    // What is on its way arrives within a moment; only what is still missing then was never delivered.
    const quiet = clock.monotonic() - this.#messageAt > 1000;
    if (quiet && !this.#restarting) this.#noticeGap(state.firstSeq);
  }

  /** Whether everything up to this sequence has been read. */
  hasRead(seq: number): boolean {
    return this.#next() > seq;
  }

  /** Stops reading; what was offered stays offered. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const stop of this.#stops.splice(0)) stop();
    await this.#end();
  }

  async #begin(): Promise<void> {
    const { connection, manager, stream, env, intake, clock } = this.#options;
    const info = await manager.streams.info(stream.name);
    intake.observe({ firstSeq: info.state.first_seq, lastSeq: info.state.last_seq });
    this.#noticeGap(info.state.first_seq);
    this.#consumer = await manager.consumers.add(stream.name, {
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: this.#next(),
      inactive_threshold: nanos(INACTIVE_MS),
      mem_storage: true,
      num_replicas: 1,
      ...(isWhollyOf(env, stream) ? {} : { filter_subject: `${env}.>` }),
    });
    this.#ack = new AckReply();
    this.#window = new PullWindow();
    this.#expectedConsumerSeq = 1;
    this.#heardAt = clock.monotonic();
    const inbox = `_INBOX.${this.#consumer.name}.${Math.trunc(clock.monotonic())}`;
    this.#subscription = connection.subscribe(inbox, {
      callback: (error, message) => (error === null ? this.#take(message) : this.#options.fail(error)),
    });
    this.#pull();
  }

  async #end(): Promise<void> {
    this.#subscription?.unsubscribe();
    this.#subscription = null;
    const consumer = this.#consumer;
    this.#consumer = null;
    if (consumer === null || this.#options.connection.isClosed()) return;
    // The server forgets the consumer by itself; telling it is a courtesy that may fail.
    await this.#options.manager.consumers.delete(consumer.stream_name, consumer.name).catch(() => undefined);
  }

  #take(message: Msg): void {
    this.#heardAt = this.#options.clock.monotonic();
    if (message.reply === undefined || message.reply === '' || !this.#ack.read(message.reply)) {
      return this.#takeStatus(message);
    }
    const { seq, consumerSeq, publishedAt } = this.#ack;
    if (consumerSeq !== this.#expectedConsumerSeq) return this.#restart();
    this.#expectedConsumerSeq++;
    this.#messageAt = this.#heardAt;
    this.#window.delivered();
    this.#offer(message, seq, publishedAt);
    this.#pull();
  }

  #offer(message: Msg, seq: number, publishedAt: number): void {
    const { overlap, intake } = this.#options;
    this.#position = seq;
    const subject = message.subject.slice(this.#prefixLength);
    const taken = !overlap.empty && overlap.takes(subject, message.data);
    if (!taken) intake.offer(subject, seq, publishedAt, message.data);
  }

  #takeStatus(message: Msg): void {
    const code = message.headers?.code ?? 0;
    if (code === HEARTBEAT) return;
    const undelivered = Number(message.headers?.get('Nats-Pending-Messages') ?? '');
    if (code === REQUEST_EXPIRED || code === NO_MESSAGES) {
      this.#window.expired(undelivered > 0 ? undelivered : this.#window.outstanding);
      return this.#pull();
    }
    this.#restart();
  }

  #pull(): void {
    const { connection, intake } = this.#options;
    if (this.#consumer === null || this.#subscription === null || connection.isClosed()) return;
    const batch = this.#window.next(intake.room);
    if (batch === 0) return;
    const { stream_name: stream, name } = this.#consumer;
    connection.publish(
      `$JS.API.CONSUMER.MSG.NEXT.${stream}.${name}`,
      JSON.stringify({ batch, expires: nanos(REQUEST_MS), idle_heartbeat: nanos(HEARTBEAT_MS) }),
      { reply: this.#subscription.getSubject() },
    );
  }

  #watch(): void {
    const silent = this.#options.clock.monotonic() - this.#heardAt > SILENT_MS;
    if (silent && this.#window.outstanding > 0) this.#restart();
  }

  #restart(): void {
    if (this.#restarting || this.#stopped) return;
    this.#restarting = true;
    this.#end()
      .then(() => (this.#stopped ? undefined : this.#begin()))
      .catch((error: unknown) => this.#options.fail(error))
      .finally(() => {
        this.#restarting = false;
      });
  }

  #next(): number {
    return Math.max(this.#position, this.#options.intake.offeredSeq) + 1;
  }

  #noticeGap(firstSeq: number): void {
    const { intake } = this.#options;
    const next = this.#next();
    if (firstSeq > next)
      intake.gap(next, firstSeq - 1, 'no longer in the stream: aged out or purged before it was read');
  }
}
