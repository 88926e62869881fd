import { DEMO_ENVIRONMENT } from '../../../../src-contract/environment.ts';
import type { Sharing } from '../../../../src-contract/polling.ts';
import { backoff, type Backoff } from '../../../lib/backoff.ts';
import type { Clock } from '../../../lib/clock.ts';
import { Emitter } from '../../../lib/emitter.ts';
import type { Log } from '../../../lib/log.ts';
import type { Random } from '../../../lib/random.ts';
import { dial } from '../dial.ts';
import type { NatsOptions } from '../nats-options.ts';
import { describeBucketFailure, isBucketGone, isLasting } from './bucket-failure.ts';
import { Lease } from './lease.ts';
import { PublishDeniedError } from './price-publisher.ts';
import type { PollReadiness, PriceSharing, SharedQuote } from './price-sharing.ts';
import { SharingLink } from './sharing-link.ts';
import { sharingOf } from './sharing-words.ts';

/** What sharing works with. */
export interface PriceSharingOptions {
  /** The server and credentials of the NATS source; sharing has a connection of its own to it. */
  options: NatsOptions;
  /** Not `demo`: what is made there is never published. */
  env: string;
  instanceId: string;
  /** Symbols watched here, normalised. */
  watched(): Iterable<string>;
  readiness(): PollReadiness;
  clock: Clock;
  random: Random;
  log: Log;
  /** How long a lease lasts in a bucket that is made, in milliseconds; 9 s by default. An existing bucket keeps its own. */
  leaseMs?: number;
}

const LEASE_MS = 9000;
const BACKOFF = { first: 200, max: 3000, factor: 2, jitter: 0.5 };
/** What somebody has to change on the server is tried again this often, in milliseconds. */
const RETRY_MS = 30_000;
/** Leading is not tried more often than this where prices cannot be published: nobody would hear of them meanwhile. */
const RETRY_PUBLISHING_MS = 600_000;
/** An instance that could not agree with others for this long polls for itself, in milliseconds. */
const ALONE_AFTER_MS = 15_000;
/** Leases and patience end by the clock, without any event: looked at this often, in milliseconds. */
const BEAT_MS = 500;

/** Shares an environment's polling. Starts even while NATS is not there; throws when the environment is `demo`. */
export function startPriceSharing(options: PriceSharingOptions): PriceSharing {
  if (options.env === DEMO_ENVIRONMENT) throw new Error('prices of the demo environment are never shared');
  const sharing = new RunningSharing(options);
  sharing.start();
  return sharing;
}

/** The same array each time: another one is a change. */
const NOBODY: readonly string[] = [];

interface Trouble {
  readonly text: string;
  /** Whether it stays until somebody changes the server. */
  readonly lasting: boolean;
  /** On the monotonic clock. */
  readonly since: number;
}

class RunningSharing implements PriceSharing {
  readonly #options: PriceSharingOptions;
  readonly #lease: Lease;
  readonly #changes: Emitter<boolean>;
  readonly #stop = new AbortController();
  #link: SharingLink | null = null;
  #trouble: Trouble | null;
  #wasOpen = false;
  #lost = { count: 0, reason: '' };
  #said: { words: string; mayPoll: boolean; watched: readonly string[] };
  #running: Promise<void> = Promise.resolve();

  constructor(options: PriceSharingOptions) {
    const { clock, random, instanceId, log } = options;
    this.#options = options;
    const start = `${clock.now().toString(36)}-${random.int(0, 2 ** 31).toString(36)}`;
    this.#lease = new Lease({ holder: `${instanceId} ${start}`, clock });
    this.#changes = new Emitter((error) => log.error('a listener of price sharing failed', { error }));
    this.#said = { words: '', mayPoll: false, watched: NOBODY };
    this.#trouble = { text: 'connecting to NATS', lasting: false, since: clock.monotonic() };
  }

  sharing(): Sharing {
    const { instanceId } = this.#options;
    return sharingOf({
      instanceId,
      held: this.#lease.held,
      holder: this.#lease.holder,
      readiness: this.#options.readiness(),
      instances: this.#link?.instances ?? 1,
      trouble: this.#trouble?.text ?? null,
      alone: this.#alone,
      lost: this.#lost.count,
      lostReason: this.#lost.reason,
    });
  }

  mayPoll(): boolean {
    return this.#lease.held || this.#alone;
  }

  othersWatched(): readonly string[] {
    return this.#lease.held ? (this.#link?.othersWatched ?? NOBODY) : NOBODY;
  }

  publish(quotes: Iterable<SharedQuote>): void {
    if (!this.#lease.held) return;
    if (this.#link === null) this.#lose([...quotes].length, 'NATS could not be reached');
    else this.#link.publish(quotes);
  }

  watchedChanged(): void {
    this.#link?.wake();
  }

  readinessChanged(): void {
    this.#link?.wake();
  }

  onChange(listener: (polling: boolean) => void): () => void {
    return this.#changes.on(listener);
  }

  start(): void {
    const stopBeat = this.#options.clock.every(BEAT_MS, () => this.#tell());
    this.#running = this.#run().finally(stopBeat);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  get #alone(): boolean {
    if (this.#trouble === null) return false;
    const { lasting, since } = this.#trouble;
    return lasting || this.#options.clock.monotonic() - since >= ALONE_AFTER_MS;
  }

  async #run(): Promise<void> {
    const { clock, random } = this.#options;
    const { signal } = this.#stop;
    const waits = backoff(BACKOFF, random);
    while (!signal.aborted) {
      try {
        await this.#connect(() => waits.reset());
      } catch (error) {
        this.#fail(error);
        await clock.sleep(this.#waitAfter(error, waits), signal).catch(() => undefined);
      }
    }
  }

  #waitAfter(error: unknown, waits: Backoff): number {
    if (error instanceof PublishDeniedError) return RETRY_PUBLISHING_MS;
    return this.#trouble?.lasting === true ? RETRY_MS : waits.next();
  }

  async #connect(held: () => void): Promise<void> {
    const { options, env, clock, leaseMs = LEASE_MS } = this.#options;
    const { signal } = this.#stop;
    const { connection } = await dial(options, `PulseDesk ${env} sharing`, clock, signal);
    const link = new SharingLink({
      ...this.#options,
      connection,
      lease: this.#lease,
      leaseMs,
      lost: (count, reason) => this.#lose(count, reason),
      working: () => {
        held();
        this.#wasOpen = true;
        this.#trouble = null;
        this.#tell();
      },
    });
    this.#link = link;
    try {
      await link.run(signal);
    } finally {
      this.#link = null;
      await connection.close();
    }
  }

  #fail(error: unknown): void {
    const { clock, log } = this.#options;
    if (this.#stop.signal.aborted) return;
    if (isBucketGone(error)) this.#lease.forfeit();
    const text = describeBucketFailure(error);
    if (this.#trouble?.text !== text) log.warn('prices cannot be shared', { reason: text });
    this.#trouble = {
      text,
      lasting: isLasting(error, this.#wasOpen),
      since: this.#trouble?.since ?? clock.monotonic(),
    };
    this.#tell();
  }

  #lose(count: number, reason: string): void {
    this.#lost = { count: this.#lost.count + count, reason };
  }

  #tell(): void {
    const before = this.#said;
    const words = JSON.stringify(this.sharing());
    const now = { words, mayPoll: this.mayPoll(), watched: this.othersWatched() };
    const polling = now.mayPoll !== before.mayPoll || now.watched !== before.watched;
    if (!polling && words === before.words) return;
    this.#said = now;
    this.#changes.emit(polling);
  }
}
