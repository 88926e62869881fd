import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import type { StreamIntake } from '../../../src-contract/intake.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Overlap } from './overlap.ts';

/** What a plain reader works with. */
export interface PlainReaderOptions {
  connection: NatsConnection;
  env: string;
  /** Subjects to subscribe to, environment included. */
  subjects: readonly string[];
  intake: StreamIntake;
  clock: Clock;
  overlap: Overlap;
  fail(error: unknown): void;
}

/**
 * Reads subjects that no stream keeps: at most once. A publisher cannot be told to wait, so what arrives while there is no
 * room is lost; it is given sequences all the same and recorded as a gap with its size.
 */
export class PlainReader {
  readonly #options: PlainReaderOptions;
  readonly #subscriptions: Subscription[];
  readonly #prefixLength: number;
  readonly #stopRoom: () => void;
  #seq: number;
  #lostFrom: number | null = null;

  constructor(options: PlainReaderOptions) {
    const { connection, subjects, intake, env } = options;
    this.#options = options;
    this.#prefixLength = env.length + 1;
    this.#seq = intake.offeredSeq;
    this.#stopRoom = intake.onRoom(() => this.#recordLost());
    this.#subscriptions = subjects.map((subject) =>
      connection.subscribe(subject, {
        callback: (error, message) => {
          if (error === null) this.#take(message.subject, message.data);
          else options.fail(error);
        },
      }),
    );
  }

  /** Stops reading; resolves when the server has sent everything that was on its way. */
  async stop(): Promise<void> {
    if (!this.#options.connection.isClosed()) {
      for (const subscription of this.#subscriptions) await subscription.drain();
    }
    this.#stopRoom();
    this.#recordLost();
  }

  #take(fullSubject: string, body: Uint8Array): void {
    const { intake, clock, overlap } = this.#options;
    const seq = ++this.#seq;
    if (intake.room === 0) {
      this.#lostFrom ??= seq;
      return;
    }
    this.#recordLost(seq - 1);
    const subject = fullSubject.slice(this.#prefixLength);
    overlap.remember(subject, body);
    intake.offer(subject, seq, clock.now(), body);
    intake.observe({ firstSeq: 1, lastSeq: seq });
  }

  #recordLost(last = this.#seq): void {
    if (this.#lostFrom === null) return;
    this.#options.intake.gap(
      this.#lostFrom,
      last,
      'arrived faster than it could be stored; without a stream it is lost',
    );
    this.#lostFrom = null;
  }
}
