import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  type StreamState,
} from '@nats-io/jetstream';
import { nanos, type Msg, type NatsConnection } from '@nats-io/transport-node';
import type { StreamIntake } from '../../../src-contract/intake.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { Log } from '../../lib/log.ts';
import type { Overlap } from './overlap.ts';
import { isOwn } from './sharing/origin.ts';
import type { PlainTaking } from './plain-taking.ts';
import { PullConsumer } from './pull-consumer.ts';
import type { StreamCandidate } from './stream-coverage.ts';
import { streamFilter } from './stream-filter.ts';
import { StreamPosition } from './stream-position.ts';

/** The server forgets a consumer nobody asks after this long, in milliseconds. */
const INACTIVE_MS = 60_000;
/** A consumer that brought nothing is replaced after at most this long, in milliseconds. */
const LONGEST_WAIT_MS = 3000;
/** The server stamps a message when it stores it, up to this many milliseconds after it has sent it to subscribers. */
const STORING_MS = 20;

/** What a reader works with. */
export interface StreamReaderOptions {
  connection: NatsConnection;
  manager: JetStreamManager;
  env: string;
  /** What this instance published itself is only confirmed. */
  instanceId: string;
  stream: StreamCandidate;
  intake: StreamIntake;
  clock: Clock;
  log: Log;
  /** What plain subscriptions took of the same messages before this stream was read. */
  overlap: Overlap;
  /** What of a stream that is new was taken by plain subscription for certain; null: nothing. */
  taken: PlainTaking | null;
  /** Reading cannot go on; the reader has halted. */
  fail(error: unknown): void;
}

/** The stream is not there any more, or another one has its name now. */
export class StreamGoneError extends Error {}

/**
 * Reads one stream in order from behind the last message offered: pulls what there is room for, without acknowledgements,
 * from a consumer of its own that the server forgets. When a message is missing, or the consumer is gone or silent, it
 * begins again with a new consumer behind the last message read.
 */
export class StreamReader implements Stoppable {
  readonly #options: StreamReaderOptions;
  readonly #prefix: string;
  readonly #filter: string | null;
  readonly #position: StreamPosition;
  readonly #stop = new AbortController();
  #run: { name: string; consumer: PullConsumer } | null = null;
  #stopRoom: () => void = () => undefined;
  #beginning: Promise<void> = Promise.resolve();
  /** Restarts since the last message. */
  #restarts = 0;
  #checking = false;
  /** Up to here the stream may hold what was taken by plain subscription; null before the first begin. */
  #overlapEnd: number | null = null;
  /** What is added to the time of a message to have it on the monotonic clock, early rather than late. */
  #toMonotonic = 0;
  #trouble: string | null = null;
  #lastSubject = '';
  #lastFamily: string | null = null;

  constructor(options: StreamReaderOptions) {
    this.#options = options;
    this.#prefix = `${options.env}.`;
    this.#filter = streamFilter(options.env, options.stream);
    this.#position = new StreamPosition(options.intake, this.#filter !== null);
  }

  /** What is wrong with the stream although it is read, in words; null: nothing. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Whether all that plain subscriptions may have taken before is read. */
  get beyondOverlap(): boolean {
    return this.#overlapEnd !== null && this.#position.read >= this.#overlapEnd;
  }

  /** Begins to read. Rejects with {@link StreamGoneError}, or when the server refuses the consumer. */
  async start(): Promise<void> {
    this.#stopRoom = this.#options.intake.onRoom(() => this.#run?.consumer.pull());
    await this.#begin();
  }

  /** What the server says of the stream now: for the lag, and for messages it no longer holds. */
  observe({ firstSeq, lastSeq }: { firstSeq: number; lastSeq: number }): void {
    this.#options.intake.observe({ firstSeq, lastSeq });
    this.#position.flush();
    if (firstSeq > this.#position.read + 1 && !this.#checking) void this.#check(firstSeq);
  }

  /** Stops reading at once, then tells the server; what was offered stays offered. */
  async stop(): Promise<void> {
    this.#stop.abort();
    const name = this.#halt();
    this.#position.flush();
    await this.#beginning.catch(() => undefined);
    await this.#forget(name);
  }

  #halt(): string | null {
    this.#stopRoom();
    const run = this.#run;
    this.#run = null;
    run?.consumer.halt();
    return run?.name ?? null;
  }

  #begin(): Promise<void> {
    this.#beginning = this.#beginNow();
    return this.#beginning;
  }

  async #beginNow(): Promise<void> {
    const { manager, stream, clock } = this.#options;
    const before = clock.monotonic();
    const { name, created } = await this.#addConsumer();
    this.#toMonotonic = before - STORING_MS - Date.parse(created);
    // Asked after the consumer was made: it is then a consumer of the very stream that is described.
    const info = await manager.streams.info(stream.name).catch(asGone);
    if (this.#stop.signal.aborted || Date.parse(info.created) !== stream.createdAt) {
      await this.#forget(name);
      if (this.#stop.signal.aborted) return;
      throw new StreamGoneError(stream.name);
    }
    this.#takeState(info.state);
    this.#run = { name, consumer: this.#consumerOf(name) };
    this.#run.consumer.pull();
  }

  async #addConsumer(): Promise<{ name: string; created: string }> {
    const { manager, stream } = this.#options;
    return manager.consumers
      .add(stream.name, {
        ack_policy: AckPolicy.None,
        deliver_policy: DeliverPolicy.StartSequence,
        opt_start_seq: this.#position.read + 1,
        inactive_threshold: nanos(INACTIVE_MS),
        mem_storage: true,
        num_replicas: 1,
        ...(this.#filter === null ? {} : { filter_subject: this.#filter }),
      })
      .catch(asGone);
  }

  #takeState({ first_seq: firstSeq, last_seq: lastSeq }: StreamState): void {
    const { overlap, stream, intake } = this.#options;
    const { read } = this.#position;
    intake.observe({ firstSeq, lastSeq });
    this.#position.beginsAt(firstSeq);
    this.#overlapEnd ??= overlap.empty ? 0 : lastSeq;
    this.#trouble =
      lastSeq < read
        ? `stream ${stream.name} ends at ${lastSeq} although ${read} was read: its server lost messages`
        : null;
    this.#position.missingBefore(firstSeq);
  }

  #consumerOf(name: string): PullConsumer {
    const { connection, clock, stream, intake, log } = this.#options;
    return new PullConsumer({
      connection,
      clock,
      stream: stream.name,
      consumer: name,
      room: () => intake.room,
      take: (message, seq, publishedAt) => this.#take(message, seq, publishedAt),
      ended: (cause) => {
        log.debug('a consumer is replaced', { stream: stream.name, cause });
        this.#restart();
      },
      failed: (error) => {
        this.#options.fail(error);
      },
    });
  }

  #take(message: Msg, seq: number, publishedAt: number): void {
    const { subject, data } = message;
    const inOverlap = !this.beyondOverlap;
    this.#restarts = 0;
    this.#position.arrived(seq);
    // A stream may hold subjects it does not take in any more, or takes from other streams.
    const family = this.#familyOf(subject);
    if (family === null) return;
    if (inOverlap && this.#wasTaken(family, data, seq, publishedAt + this.#toMonotonic))
      this.#position.takenBefore();
    else if (isOwn(message, this.#options.instanceId)) this.#position.confirm(family);
    else this.#position.offer(family, publishedAt, data);
  }

  /** The subject behind the environment, null outside of it. One string for a run of equal subjects: its hash is known. */
  #familyOf(subject: string): string | null {
    if (subject !== this.#lastSubject) {
      this.#lastSubject = subject;
      this.#lastFamily = subject.startsWith(this.#prefix) ? subject.slice(this.#prefix.length) : null;
    }
    return this.#lastFamily;
  }

  #wasTaken(family: string, body: Uint8Array, seq: number, publishedAt: number): boolean {
    const { taken, overlap } = this.#options;
    if (taken === null) return overlap.takes(family, body, publishedAt);
    if (seq > taken.until)
      return overlap.takes(family, body, Math.max(publishedAt, taken.askedAt - STORING_MS));
    const certain = publishedAt >= taken.since && taken.includes(family);
    return certain || overlap.takes(family, body, publishedAt);
  }

  /** The stream begins behind where we are. Unless something is on its way to us, it will never come. */
  async #check(firstSeq: number): Promise<void> {
    const { manager, stream } = this.#options;
    const run = this.#run;
    if (run === null) return;
    this.#checking = true;
    try {
      const info = await manager.consumers.info(stream.name, run.name);
      const allArrived = info.delivered.consumer_seq === run.consumer.delivered && this.#run === run;
      if (!allArrived) return;
      // While a request waits, a filtered consumer delivers whatever is ours: the rest is of other environments.
      const foreign = this.#filter !== null && run.consumer.waits && info.num_pending === 0;
      if (foreign) this.#position.foreignBefore(firstSeq);
      else this.#position.missingBefore(firstSeq);
    } catch (error) {
      this.#options.log.debug('a consumer could not be looked at', { stream: stream.name, error });
    } finally {
      this.#checking = false;
      this.#position.beginsAt(firstSeq);
    }
  }

  #restart(): void {
    const { clock } = this.#options;
    const name = this.#run?.name ?? null;
    this.#run = null;
    void this.#forget(name);
    const wait = this.#restarts === 0 ? 0 : Math.min(LONGEST_WAIT_MS, 50 * 2 ** this.#restarts);
    this.#restarts += 1;
    clock
      .sleep(wait, this.#stop.signal)
      .then(() => this.#begin())
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted) this.#options.fail(error);
      });
  }

  async #forget(name: string | null): Promise<void> {
    const { connection, manager, stream } = this.#options;
    if (name === null || connection.isClosed()) return;
    // The server forgets the consumer by itself; telling it is a courtesy that may fail.
    await manager.consumers.delete(stream.name, name).catch(() => undefined);
  }
}

function asGone(error: unknown): never {
  const gone = error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;
  throw gone ? new StreamGoneError(error.message, { cause: error }) : error;
}
