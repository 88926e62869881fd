import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { PermissionViolationError } from '@nats-io/transport-node';
import type { SourceIntake } from '../../../src-contract/intake.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage } from '../../lib/error-message.ts';
import type { Log } from '../../lib/log.ts';
import { describeFailure } from './describe-failure.ts';
import type { NatsLink } from './dial.ts';
import { ensureStream } from './ensure-stream.ts';
import type { Overlap } from './overlap.ts';
import { PlainSide } from './plain-side.ts';
import { coverage } from './stream-coverage.ts';
import { isWithoutJetStream, listStreams, type SeenStream } from './stream-list.ts';
import { StreamReaders } from './stream-readers.ts';

/** The streams of the server are looked at this often, in milliseconds. */
const LOOK_EVERY_MS = 1000;
/** At the end, so long may the server take to hear that we go, in milliseconds. */
const GOODBYE_MS = 500;
/** How the environment is read at the moment. */
export interface ReadingState {
  /** Names of the streams that are read. */
  streams: string[];
  /** What is subscribed to plainly. */
  plain: string[];
  /** Whether nothing came over this connection that was not kept by a stream, and streams are read. */
  exact: boolean;
  /** What is wrong with reading, in words. */
  troubles: string[];
}

/** What a session works with. */
export interface NatsSessionOptions {
  link: NatsLink;
  env: string;
  /** What this instance published itself is only confirmed. */
  instanceId: string;
  ensureStream: boolean;
  intake: SourceIntake;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  /** Lives as long as the source: a connection may be lost before a new stream is noticed. */
  overlap: Overlap;
  /** Told after every look at the streams. */
  onReading(state: ReadingState): void;
}

/** Everything read over one connection: a reader per stream, and a plain subscription for what no stream covers. */
export class NatsSession {
  readonly #options: NatsSessionOptions;
  readonly #cut = new AbortController();
  readonly #end: AbortSignal;
  #readers: StreamReaders | null = null;
  #plain: PlainSide | null = null;
  #looked = false;
  #listTrouble: string | null = null;
  #ensureTrouble: string | null = null;
  #failure: Error | null = null;

  constructor(options: NatsSessionOptions) {
    this.#options = options;
    this.#end = AbortSignal.any([options.signal, this.#cut.signal]);
  }

  /** Reads until the connection is lost, reading fails, or the signal is aborted; rejects with the cause of the first two. */
  async run(): Promise<void> {
    const { link, clock, signal } = this.#options;
    const { connection } = link;
    void connection.closed().then((error) => this.#fail(error ?? new Error('the connection was lost')));
    void this.#listen();
    let stopHurry = (): void => undefined;
    const hurry = (): void => {
      stopHurry = clock.after(GOODBYE_MS, () => void connection.close());
    };
    this.#end.addEventListener('abort', hurry, { once: true });
    try {
      await this.#lookUntilEnd();
    } catch (error) {
      this.#fail(error);
    } finally {
      await Promise.all([this.#readers?.stop(), this.#plain?.stop()]);
      this.#end.removeEventListener('abort', hurry);
      stopHurry();
    }
    if (!signal.aborted) throw this.#failure ?? new Error('the connection was lost');
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(errorMessage(error));
    this.#cut.abort();
  }

  async #lookUntilEnd(): Promise<void> {
    const { link, clock, env, instanceId, intake, log, overlap } = this.#options;
    const { connection } = link;
    const manager = await jetstreamManager(connection, { checkAPI: false });
    const shared = { connection, env, instanceId, intake, clock, overlap, end: this.#end };
    const readers = new StreamReaders({ ...shared, manager, log });
    const plain = new PlainSide({ ...shared, fail: (error) => this.#fail(error) });
    this.#readers = readers;
    this.#plain = plain;
    while (!this.#end.aborted) {
      await this.#look(manager, readers, plain);
      if (plain.settled) await clock.sleep(LOOK_EVERY_MS, this.#end).catch(() => undefined);
    }
  }

  /** What the server refuses to take from us is only said here. */
  async #listen(): Promise<void> {
    for await (const status of this.#options.link.connection.status()) {
      if (status.type === 'error' && status.error instanceof PermissionViolationError) {
        this.#readers?.denied(status.error);
      }
    }
  }

  /** One look at the server's streams: readers follow what is there. */
  async #look(manager: JetStreamManager, readers: StreamReaders, plain: PlainSide): Promise<void> {
    const { env, overlap } = this.#options;
    plain.asking();
    const seen = await this.#list(manager, readers);
    if (seen === null) return;
    const takenOf = plain.answered(seen);
    const { streams, uncovered, unread } = coverage(
      env,
      seen.map((stream) => readers.judged(stream)),
    );
    await readers.keepOnly(streams);
    // What is left out has arrived completely before a stream that holds it again begins to be read.
    await plain.follow(streams.length === 0, uncovered);
    await readers.follow(streams, takenOf);
    if (plain.subjects.length === 0 && readers.beyondOverlap) overlap.clear();
    this.#options.onReading({
      streams: readers.names,
      plain: plain.subjects,
      exact: readers.names.length > 0 && plain.received === 0,
      troubles: [
        ...unread.map(({ name, unreadable }) => `stream ${name} is not read: ${unreadable ?? ''}`),
        ...readers.troubles,
        ...plain.troubles,
        ...[this.#listTrouble, this.#ensureTrouble].filter((trouble) => trouble !== null),
      ],
    });
  }

  /** The server's streams, or null when it cannot tell at the moment: then reading goes on as it is. */
  async #list(manager: JetStreamManager, readers: StreamReaders): Promise<SeenStream[] | null> {
    const { env, link, log } = this.#options;
    try {
      let streams = await listStreams(manager, env);
      if (!this.#looked && this.#options.ensureStream && coverage(env, streams).streams.length === 0) {
        this.#ensureTrouble = await ensureStream(manager, env);
        if (this.#ensureTrouble === null) log.info('a stream was made', { env });
        else log.warn('no stream could be made', { reason: this.#ensureTrouble });
        streams = await listStreams(manager, env);
      }
      this.#looked = true;
      this.#listTrouble = null;
      return streams;
    } catch (error) {
      const without = isWithoutJetStream(error);
      // A server that loses JetStream while its streams are read is about to end.
      if (link.connection.isClosed() || (without ? readers.names.length > 0 : !this.#looked)) throw error;
      this.#looked = true;
      this.#listTrouble = `JetStream cannot be used: ${describeFailure(error)}`;
      return without ? [] : null;
    }
  }
}
