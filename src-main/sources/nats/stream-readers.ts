import type { JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection, PermissionViolationError } from '@nats-io/transport-node';
import type { SourceIntake } from '../../../src-contract/intake.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { Log } from '../../lib/log.ts';
import { describeFailure } from './describe-failure.ts';
import type { Overlap } from './overlap.ts';
import { incarnationKey } from './stream-coverage.ts';
import type { PlainTaking } from './plain-taking.ts';
import { isNotPermitted, type SeenStream } from './stream-list.ts';
import { StreamGoneError, StreamReader } from './stream-reader.ts';
import { unlessEnded } from './unless-ended.ts';

/** A stream that failed is tried again after this long, doubled with every failure up to the last, in milliseconds. */
const RETRY_MS = { first: 1000, longest: 30_000 };

/** What the readers work with. */
export interface StreamReadersOptions {
  connection: NatsConnection;
  manager: JetStreamManager;
  env: string;
  /** What this instance published itself is only confirmed. */
  instanceId: string;
  intake: SourceIntake;
  clock: Clock;
  log: Log;
  overlap: Overlap;
  /** Aborted when the session ends. */
  end: AbortSignal;
}

interface Failure {
  text: string;
  wait: number;
  /** On the monotonic clock. */
  retryAt: number;
}

/** A reader per stream. One that fails is tried again and leaves the others alone; one that is not permitted is given up. */
export class StreamReaders implements Stoppable {
  readonly #options: StreamReadersOptions;
  readonly #running = new Map<string, { name: string; reader: StreamReader }>();
  readonly #failures = new Map<string, Failure>();
  readonly #denied = new Map<string, string>();

  constructor(options: StreamReadersOptions) {
    this.#options = options;
  }

  /** Names of the streams that are read. */
  get names(): string[] {
    return [...this.#running.values()].map(({ name }) => name);
  }

  /** What is wrong, in words. */
  get troubles(): string[] {
    const running = [...this.#running.values()].map(({ reader }) => reader.trouble);
    const failed = [...this.#failures.values()].map(({ text }) => text);
    return [...running.filter((trouble) => trouble !== null), ...failed];
  }

  /** Whether all readers have read what plain subscriptions may have taken before. */
  get beyondOverlap(): boolean {
    return [...this.#running.values()].every(({ reader }) => reader.beyondOverlap);
  }

  /** A stream as it was seen, or unreadable if the server did not permit to read it. */
  judged(stream: SeenStream): SeenStream {
    const denied = this.#denied.get(incarnationKey(stream));
    return denied === undefined || stream.unreadable !== null ? stream : { ...stream, unreadable: denied };
  }

  /** Stops the readers of streams that are not there any more. */
  async keepOnly(streams: readonly SeenStream[]): Promise<void> {
    const keys = new Set(streams.map(incarnationKey));
    for (const key of this.#failures.keys()) if (!keys.has(key)) this.#failures.delete(key);
    const gone = [...this.#running].filter(([key]) => !keys.has(key));
    for (const [key] of gone) this.#running.delete(key);
    await Promise.all(gone.map(([, { reader }]) => reader.stop()));
  }

  /**
   * Begins to read the new ones among these streams, and tells the others where they are now. `takenOf` knows what of a
   * new one was taken by plain subscription.
   */
  async follow(
    streams: readonly SeenStream[],
    takenOf: (stream: SeenStream) => PlainTaking | null,
  ): Promise<void> {
    for (const stream of streams) {
      const key = incarnationKey(stream);
      const running = this.#running.get(key);
      if (running !== undefined) {
        // Reading has held from one look to the next: what failed before is over.
        this.#failures.delete(key);
        running.reader.observe(stream);
      } else if ((this.#failures.get(key)?.retryAt ?? 0) <= this.#options.clock.monotonic()) {
        await this.#begin(stream, takenOf(stream));
      }
    }
  }

  /** The server does not permit what a reader tried. */
  denied(error: PermissionViolationError): void {
    for (const [key, { name }] of this.#running) {
      const pulls = `$JS.API.CONSUMER.MSG.NEXT.${name}.`;
      if (error.operation === 'publish' && error.subject.startsWith(pulls)) void this.#fail(key, name, error);
    }
  }

  /** Stops all readers. */
  async stop(): Promise<void> {
    await this.keepOnly([]);
  }

  async #begin(stream: SeenStream, taken: PlainTaking | null): Promise<void> {
    const { intake, end } = this.#options;
    const { name, createdAt } = stream;
    const key = incarnationKey(stream);
    const entrance = await unlessEnded(intake.openStream({ name, createdAt }), end);
    const reader = new StreamReader({
      ...this.#options,
      stream,
      intake: entrance,
      taken,
      fail: (error) => void this.#fail(key, name, error),
    });
    this.#running.set(key, { name, reader });
    try {
      await reader.start();
    } catch (error) {
      await this.#fail(key, name, error);
    }
  }

  async #fail(key: string, name: string, error: unknown): Promise<void> {
    const { clock, log, connection } = this.#options;
    const running = this.#running.get(key);
    if (running === undefined) return;
    this.#running.delete(key);
    const text = `stream ${name} cannot be read: ${describeFailure(error)}`;
    if (isNotPermitted(error)) this.#denied.set(key, describeFailure(error));
    else if (!(error instanceof StreamGoneError)) {
      const wait = Math.min(RETRY_MS.longest, (this.#failures.get(key)?.wait ?? RETRY_MS.first / 2) * 2);
      this.#failures.set(key, { text, wait, retryAt: clock.monotonic() + wait });
    }
    if (!connection.isClosed()) log.warn('a stream cannot be read', { stream: name, reason: text });
    await running.reader.stop();
  }
}
