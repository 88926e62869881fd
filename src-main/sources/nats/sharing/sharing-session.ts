import type { Clock } from '../../../lib/clock.ts';
import type { Random } from '../../../lib/random.ts';
import type { Lease } from './lease.ts';
import { leaseTimes, type LeaseTimes } from './lease-times.ts';
import type { BucketHint, PollingBucket } from './polling-bucket.ts';
import { parsePresence, presenceText, watchedByAll } from './presence.ts';
import type { PollReadiness } from './price-sharing.ts';

/** What a session works with. */
export interface SharingSessionOptions {
  bucket: PollingBucket;
  /** Lives as long as sharing does: it outlasts a lost connection. */
  lease: Lease;
  instanceId: string;
  watched(): Iterable<string>;
  readiness(): PollReadiness;
  clock: Clock;
  random: Random;
  /** Told after everything that may have changed something. */
  changed(): void;
}

/** One instance's part in the bucket, over one connection: announces itself, keeps or seeks the lease, listens to the others. */
export class SharingSession {
  readonly #options: SharingSessionOptions;
  readonly #times: LeaseTimes;
  #others: ReadonlyMap<string, string> = new Map();
  #union: readonly string[] = [];
  #othersDue = -Infinity;
  #announced = '';
  #announceDue = -Infinity;
  #pause = new AbortController();
  #cancelWake: (() => void) | null = null;

  constructor(options: SharingSessionOptions) {
    this.#options = options;
    this.#times = leaseTimes(options.bucket.expiry);
  }

  /** Instances that are there, this one included. */
  get instances(): number {
    return this.#others.size + 1;
  }

  /** What the others watch, as far as is known; kept up to date within seconds; another array when it changes. */
  get othersWatched(): readonly string[] {
    return this.#union;
  }

  /** Works until the signal is aborted; rejects when the bucket cannot be used. */
  async run(end: AbortSignal): Promise<void> {
    const stopHints = this.#options.bucket.onHint((hint) => this.#hear(hint));
    try {
      while (!end.aborted) {
        this.#pause = new AbortController();
        await this.#round();
        this.#options.changed();
        const signal = AbortSignal.any([end, this.#pause.signal]);
        await this.#options.clock.sleep(this.#wait(), signal).catch(() => undefined);
      }
    } finally {
      stopHints();
      this.#cancelWake?.();
    }
  }

  /** Something changed here that the others should know, or that decides who polls. */
  wake(): void {
    this.#pause.abort();
  }

  /** Gives the lease up and withdraws what was announced; only after `run` has ended. */
  async leave(): Promise<void> {
    const { bucket, lease, instanceId } = this.#options;
    await Promise.all([lease.release(bucket.lease), bucket.withdraw(instanceId)]);
  }

  async #round(): Promise<void> {
    const { lease, bucket } = this.#options;
    const readiness = this.#options.readiness();
    const ready = [...this.#others.values()].some((text) => parsePresence(text).ready);
    await lease.step(bucket.lease, this.#times, readiness, { count: this.#others.size, ready });
    this.#options.changed();
    await this.#announce();
    await this.#listen();
  }

  async #announce(): Promise<void> {
    const { bucket, clock, instanceId } = this.#options;
    const text = presenceText(this.#options.readiness() === 'ready', this.#options.watched());
    const now = clock.monotonic();
    if (text === this.#announced && now < this.#announceDue) return;
    await bucket.announce(instanceId, text);
    this.#announced = text;
    this.#announceDue = now + this.#times.renewal;
  }

  async #listen(): Promise<void> {
    const { bucket, clock, instanceId } = this.#options;
    const now = clock.monotonic();
    if (now < this.#othersDue) return;
    this.#others = await bucket.others(instanceId);
    const union = watchedByAll([...this.#others.values()].map(parsePresence));
    if (union.join() !== this.#union.join()) this.#union = union;
    this.#othersDue = now + this.#times.renewal;
  }

  /** Looks come at different moments, so that not all who wait for the lease ask for it at the same one. */
  #wait(): number {
    const { random } = this.#options;
    return this.#times.look * (0.75 + random.next() / 2);
  }

  #hear(hint: BucketHint): void {
    const { lease, instanceId, clock, random } = this.#options;
    if (hint.kind === 'announced') {
      if (hint.instance === instanceId || this.#others.get(hint.instance) === hint.text) return;
      this.#othersDue = -Infinity;
    } else if (lease.held) {
      return;
    }
    this.#cancelWake ??= clock.after((this.#times.look / 5) * random.next(), () => {
      this.#cancelWake = null;
      this.wake();
    });
  }
}
