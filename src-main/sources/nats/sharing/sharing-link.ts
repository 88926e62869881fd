import { jetstreamManager } from '@nats-io/jetstream';
import { PermissionViolationError, type NatsConnection } from '@nats-io/transport-node';
import type { Clock } from '../../../lib/clock.ts';
import type { Log } from '../../../lib/log.ts';
import type { Random } from '../../../lib/random.ts';
import { within } from '../../../lib/within.ts';
import type { Lease } from './lease.ts';
import { PollingBucket } from './polling-bucket.ts';
import { PricePublisher, PublishDeniedError } from './price-publisher.ts';
import type { PollReadiness, SharedQuote } from './price-sharing.ts';
import { SharingSession } from './sharing-session.ts';

/** Whether a stream takes the prices in is looked at this often, in milliseconds. */
const LOOK_AT_STREAMS_MS = 10_000;
/** At the end, so long may the server take to hear that we go, in milliseconds. */
const GOODBYE_MS = 500;

const LOST = 'the connection was lost';

/** What a link works with. */
export interface SharingLinkOptions {
  connection: NatsConnection;
  env: string;
  instanceId: string;
  lease: Lease;
  /** Expiry of a bucket that is made, in milliseconds. */
  leaseMs: number;
  watched(): Iterable<string>;
  readiness(): PollReadiness;
  clock: Clock;
  random: Random;
  log: Log;
  /** This many prices did not reach the others, and why. */
  lost(count: number, reason: string): void;
  /** Told each time the instances could agree. */
  working(): void;
}

/** Everything of sharing that goes over one connection: the part in the bucket, and publishing. */
export class SharingLink {
  readonly #options: SharingLinkOptions;
  readonly #cut = new AbortController();
  #session: SharingSession | null = null;
  #publisher: PricePublisher | null = null;
  #failure: Error | null = null;

  constructor(options: SharingLinkOptions) {
    this.#options = options;
  }

  /** Instances that are there, this one included. */
  get instances(): number {
    return this.#session?.instances ?? 1;
  }

  /** What the others watch, as far as is known. */
  get othersWatched(): readonly string[] {
    return this.#session?.othersWatched ?? [];
  }

  /** Publishes prices; counts those that cannot be. */
  publish(quotes: Iterable<SharedQuote>): void {
    this.#publisher?.publish(quotes);
  }

  /** Something changed here that the others should know, or that decides who polls. */
  wake(): void {
    this.#session?.wake();
  }

  /** Takes part until the signal is aborted, then leaves; rejects when that is not possible or the connection is lost. */
  async run(signal: AbortSignal): Promise<void> {
    const { connection, clock, log } = this.#options;
    const end = AbortSignal.any([signal, this.#cut.signal]);
    void connection.closed().then((error) => this.#fail(error instanceof Error ? error : new Error(LOST)));
    const manager = await jetstreamManager(connection, { checkAPI: false });
    const publisher = new PricePublisher({ ...this.#options, manager });
    this.#publisher = publisher;
    void this.#listen(publisher);
    const look = (): void => {
      publisher.look().catch((error: unknown) => log.debug('streams could not be looked at', { error }));
    };
    look();
    const stopLooking = clock.every(LOOK_AT_STREAMS_MS, look);
    let stopHurry = (): void => undefined;
    const hurry = (): void => {
      stopHurry = clock.after(2 * GOODBYE_MS, () => void connection.close());
    };
    signal.addEventListener('abort', hurry, { once: true });
    try {
      await this.#share(signal, end);
    } finally {
      signal.removeEventListener('abort', hurry);
      stopHurry();
      stopLooking();
    }
  }

  async #share(signal: AbortSignal, end: AbortSignal): Promise<void> {
    const { connection, env, leaseMs, clock, log } = this.#options;
    const bucket = await PollingBucket.open(connection, env, leaseMs);
    const session = new SharingSession({ ...this.#options, bucket, changed: () => this.#options.working() });
    this.#session = session;
    await session.run(end);
    if (this.#failure !== null && connection.isClosed()) throw this.#failure;
    await within(clock, GOODBYE_MS, session.leave(), 'no answer').catch((error: unknown) => {
      log.debug('the lease could not be given up', { error });
    });
    if (!signal.aborted) throw this.#failure ?? new Error(LOST);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#cut.abort();
  }

  /** What the server refuses to take from us is only said here. */
  async #listen(publisher: PricePublisher): Promise<void> {
    for await (const status of this.#options.connection.status()) {
      const error = status.type === 'error' ? status.error : null;
      const denied = error instanceof PermissionViolationError && error.operation === 'publish';
      if (denied && error.subject === publisher.subject) {
        this.#fail(new PublishDeniedError(`not permitted to publish ${publisher.subject}`, { cause: error }));
      }
    }
  }
}
