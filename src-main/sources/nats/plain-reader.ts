import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { Overlap } from './overlap.ts';
import type { PlainBacklog } from './plain-backlog.ts';
import { isOwn } from './sharing/origin.ts';

/** What a plain reader works with. */
export interface PlainReaderOptions {
  connection: NatsConnection;
  env: string;
  /** What this instance published itself is only confirmed. */
  instanceId: string;
  backlog: PlainBacklog;
  clock: Clock;
  overlap: Overlap;
  /** The server does not permit to subscribe to this subject; it is not tried again. */
  denied(subject: string, error: Error): void;
  /** Taking a message failed. */
  fail(error: unknown): void;
}

/** Reads subjects that no stream keeps: at most once. */
export class PlainReader implements Stoppable {
  readonly #options: PlainReaderOptions;
  readonly #subscriptions = new Map<string, { subscription: Subscription; since: number }>();
  readonly #prefixLength: number;
  #lastSubject = '';
  #lastFamily = '';
  #arrival: { monotonic: number; now: number } | null = null;

  constructor(options: PlainReaderOptions) {
    this.#options = options;
    this.#prefixLength = options.env.length + 1;
  }

  /** What is subscribed to and permitted, and since when on the monotonic clock. */
  get subjects(): ReadonlyMap<string, number> {
    const open = [...this.#subscriptions].filter(([, { subscription }]) => !subscription.isClosed());
    return new Map(open.map(([subject, { since }]) => [subject, since]));
  }

  /**
   * Subscribes to these subjects, environment included, and to no others. Resolves when the server has taken that in and
   * everything is read that was on its way from subjects left out. Those left out end just before the new ones begin:
   * nothing is read twice.
   */
  async follow(subjects: readonly string[]): Promise<void> {
    const old = [...this.#subscriptions].filter(([subject]) => !subjects.includes(subject));
    for (const [subject] of old) this.#subscriptions.delete(subject);
    const drained = old.map(([, { subscription }]) => this.#drain(subscription));
    const added = subjects.filter((subject) => !this.#subscriptions.has(subject));
    for (const subject of added) {
      this.#subscriptions.set(subject, { subscription: this.#subscribe(subject), since: Infinity });
    }
    await Promise.all([...drained, this.#confirm(added)]);
  }

  /** Stops reading; resolves when everything that was on its way is read. */
  async stop(): Promise<void> {
    await this.follow([]);
  }

  #subscribe(subject: string): Subscription {
    const { connection } = this.#options;
    return connection.subscribe(subject, {
      callback: (error, message) => {
        if (error !== null) return this.#options.denied(subject, error);
        try {
          this.#take(message);
        } catch (thrown) {
          // What is thrown here would silently end the reading of the whole connection.
          this.#options.fail(thrown);
        }
      },
    });
  }

  async #confirm(subjects: readonly string[]): Promise<void> {
    if (subjects.length === 0) return;
    const { connection, clock } = this.#options;
    await this.#unlessLost(() => connection.flush());
    for (const subject of subjects) {
      const known = this.#subscriptions.get(subject);
      if (known !== undefined) known.since = clock.monotonic();
    }
  }

  async #drain(subscription: Subscription): Promise<void> {
    if (!subscription.isClosed()) await this.#unlessLost(() => subscription.drain());
  }

  /** What the end of the connection overtakes would never end by itself. */
  async #unlessLost(work: () => Promise<void>): Promise<void> {
    const { connection } = this.#options;
    if (!connection.isClosed()) await Promise.race([work(), connection.closed()]);
  }

  #take(message: Msg): void {
    const { backlog, overlap, instanceId } = this.#options;
    const { data: body } = message;
    const { monotonic, now } = this.#timeOfArrival();
    const subject = this.#familyOf(message.subject);
    overlap.remember(subject, body, monotonic);
    backlog.take(subject, body, now, isOwn(message, instanceId));
  }

  /** The subject behind the environment. One string for a run of equal subjects: its hash is known. */
  #familyOf(subject: string): string {
    if (subject !== this.#lastSubject) {
      this.#lastSubject = subject;
      this.#lastFamily = subject.slice(this.#prefixLength);
    }
    return this.#lastFamily;
  }

  /** Read once for all messages that arrive together: clocks cost more than the rest of taking one. */
  #timeOfArrival(): { monotonic: number; now: number } {
    const { clock } = this.#options;
    if (this.#arrival === null) {
      this.#arrival = { monotonic: clock.monotonic(), now: clock.now() };
      queueMicrotask(() => (this.#arrival = null));
    }
    return this.#arrival;
  }
}
