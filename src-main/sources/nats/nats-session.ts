import {
  jetstreamManager,
  RetentionPolicy,
  type JetStreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import type { SourceIntake, StreamIntake } from '../../../src-contract/intake.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage } from '../../lib/error-message.ts';
import type { Log } from '../../lib/log.ts';
import type { NatsLink } from './dial.ts';
import { ensureStream } from './ensure-stream.ts';
import { Overlap } from './overlap.ts';
import { PlainReader } from './plain-reader.ts';
import { coverage, type StreamCandidate } from './stream-coverage.ts';
import { StreamReader } from './stream-reader.ts';

/** The streams of the server are looked at this often, in milliseconds. */
const LOOK_EVERY_MS = 1000;
/** Streams of a server that are looked at; more than that are not. */
const MAX_STREAMS = 4096;
/** Local incarnation of what arrives by plain subscription: it has no creation time of its own. */
const PLAIN_STREAM = { name: 'plain subscription', createdAt: 0 };

/** How the environment is read at the moment. */
export interface ReadingState {
  /** Names of the streams that are read. */
  streams: string[];
  /** Whether every subject family is covered by a stream. */
  covered: boolean;
  /** What is wrong with the streams, in words; null: nothing. */
  trouble: string | null;
}

/** What a session works with. */
export interface NatsSessionOptions {
  link: NatsLink;
  env: string;
  ensureStream: boolean;
  intake: SourceIntake;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  onReading(state: ReadingState): void;
}

interface SeenStream extends StreamCandidate {
  firstSeq: number;
  lastSeq: number;
}

/** Everything read over one connection: a reader per stream, and a plain subscription for what no stream covers. */
export class NatsSession {
  readonly #options: NatsSessionOptions;
  readonly #readers = new Map<string, StreamReader>();
  readonly #overlap = new Overlap();
  #plain: { reader: PlainReader; subjects: string } | null = null;
  #plainIntake: StreamIntake | null = null;
  #manager: JetStreamManager | null = null;
  #failure: unknown = null;
  #cut = new AbortController();

  constructor(options: NatsSessionOptions) {
    this.#options = options;
  }

  /** Reads until the connection is lost, reading fails, or the signal is aborted; rejects with the cause of the first two. */
  async run(): Promise<void> {
    const { link, clock, signal } = this.#options;
    const end = AbortSignal.any([signal, this.#cut.signal]);
    void link.connection.closed().then((error) => this.#fail(error ?? new Error('the connection was lost')));
    try {
      this.#manager = await this.#openManager();
      while (!end.aborted) {
        await this.#look();
        await clock.sleep(LOOK_EVERY_MS, end).catch(() => undefined);
      }
    } catch (error) {
      this.#failure ??= error;
    } finally {
      await this.#stopAll();
    }
    if (!signal.aborted) throw this.#failure ?? new Error('the connection was lost');
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#cut.abort();
  }

  async #openManager(): Promise<JetStreamManager | null> {
    const { link, env, log } = this.#options;
    const manager = await jetstreamManager(link.connection, { checkAPI: false });
    if (!this.#options.ensureStream) return manager;
    const { streams } = coverage(env, (await this.#streamsOf(manager)).streams);
    if (streams.length > 0) return manager;
    await ensureStream(manager, env);
    log.info('a stream was made', { env });
    return manager;
  }

  /** One look at the server's streams: readers follow what is there. */
  async #look(): Promise<void> {
    const { env, onReading } = this.#options;
    const { streams, trouble } = await this.#streamsOf(this.#manager);
    const { streams: read, uncovered, workQueues } = coverage(env, streams);
    await this.#stopReadersExcept(new Set(read.map(keyOf)));
    const subjects = read.length === 0 ? [`${env}.>`] : uncovered.map((family) => `${env}.${family}`);
    if (this.#plain !== null && this.#plain.subjects !== subjects.join(' ')) await this.#stopPlain();
    for (const stream of read) await this.#follow(stream);
    if (subjects.length > 0) await this.#openPlain(subjects);
    if (
      this.#plain === null &&
      read.every((stream) => this.#readers.get(keyOf(stream))?.hasRead(stream.lastSeq))
    ) {
      this.#overlap.clear();
    }
    const queues = workQueues.length === 0 ? null : `work queues are not read: ${workQueues.join(', ')}`;
    onReading({
      streams: read.map(({ name }) => name),
      covered: uncovered.length === 0,
      trouble: trouble ?? queues,
    });
  }

  async #follow(stream: SeenStream): Promise<void> {
    const known = this.#readers.get(keyOf(stream));
    if (known !== undefined) return known.observe(stream);
    const { link, env, intake, clock } = this.#options;
    const reader = new StreamReader({
      connection: link.connection,
      manager: this.#manager as JetStreamManager,
      env,
      stream,
      intake: await intake.openStream({ name: stream.name, createdAt: stream.createdAt }),
      clock,
      overlap: this.#overlap,
      fail: (error) => this.#fail(error),
    });
    this.#readers.set(keyOf(stream), reader);
    await reader.start();
  }

  async #openPlain(subjects: string[]): Promise<void> {
    if (this.#plain !== null) return;
    const { link, env, clock, intake } = this.#options;
    this.#plainIntake ??= await intake.openStream(PLAIN_STREAM);
    const reader = new PlainReader({
      connection: link.connection,
      env,
      subjects,
      intake: this.#plainIntake,
      clock,
      overlap: this.#overlap,
      fail: (error) => this.#fail(error),
    });
    this.#plain = { reader, subjects: subjects.join(' ') };
  }

  async #stopPlain(): Promise<void> {
    const plain = this.#plain;
    this.#plain = null;
    await plain?.reader.stop();
  }

  async #stopReadersExcept(wanted: ReadonlySet<string>): Promise<void> {
    for (const [key, reader] of this.#readers) {
      if (wanted.has(key)) continue;
      this.#readers.delete(key);
      await reader.stop();
    }
  }

  async #stopAll(): Promise<void> {
    await this.#stopReadersExcept(new Set());
    await this.#stopPlain();
  }

  /** A server without JetStream, or an account without access to it, has no streams for us: that is not a failure. */
  async #streamsOf(
    manager: JetStreamManager | null,
  ): Promise<{ streams: SeenStream[]; trouble: string | null }> {
    if (manager === null) return { streams: [], trouble: null };
    const streams: SeenStream[] = [];
    try {
      const lister = manager.streams.list();
      for (let page = await lister.next(); page.length > 0 && streams.length < MAX_STREAMS;) {
        streams.push(...page.map(toSeen));
        page = await lister.next();
      }
      return { streams, trouble: null };
    } catch (error) {
      if (this.#options.link.connection.isClosed()) throw error;
      return { streams: [], trouble: `JetStream cannot be used: ${errorMessage(error)}` };
    }
  }
}

function keyOf({ name, createdAt }: StreamCandidate): string {
  return `${name} ${createdAt}`;
}

function toSeen({ config, created, state }: StreamInfo): SeenStream {
  return {
    name: config.name,
    createdAt: Date.parse(created),
    subjects: config.subjects ?? [],
    workQueue: config.retention === RetentionPolicy.Workqueue,
    firstSeq: state.first_seq,
    lastSeq: state.last_seq,
  };
}
