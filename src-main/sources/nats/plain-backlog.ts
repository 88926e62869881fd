import type { StreamIntake } from '../../../src-contract/intake.ts';
import type { Clock } from '../../lib/clock.ts';
import { within } from '../../lib/within.ts';

/** What waits while the intake has no room, at most; beyond it messages are lost. */
const DEFAULT_LIMITS = { messages: 50_000, bytes: 32 * 2 ** 20 };
/** On stop, what still waits is given this long, in milliseconds. */
const LAST_CHANCE_MS = 1000;
/** Handed over entries that make it worth moving the others to the front. */
const WORTHWHILE = 1000;
const LOST = 'arrived faster than they could be stored; without a stream they are lost';

/** A class, not a literal: V8 may come to make the objects of a literal in the old generation, where they stay for long. */
class Waiting {
  readonly subject: string;
  readonly receivedAt: number;
  readonly body: Uint8Array;
  /** Whether this instance published it: it is then only confirmed. */
  readonly own: boolean;
  /** Messages lost right before this one. */
  readonly lostBefore: number;

  constructor(subject: string, receivedAt: number, body: Uint8Array, own: boolean, lostBefore: number) {
    this.subject = subject;
    this.receivedAt = receivedAt;
    this.body = body;
    this.own = own;
    this.lostBefore = lostBefore;
  }
}

/** Stands in the queue for what was handed over: an entry left there would be kept until the queue is moved up. */
const HANDED_OVER = new Waiting('', 0, new Uint8Array(0), false, 0);

/**
 * Takes what plain subscriptions receive and hands it to the intake as there is room. A publisher cannot be told to wait:
 * when this is full too, further messages are lost, but never in silence. Each message has a sequence, received or lost,
 * and the lost ones are recorded as gaps.
 */
export class PlainBacklog {
  readonly #intake: StreamIntake;
  readonly #clock: Clock;
  readonly #limits: { readonly messages: number; readonly bytes: number };
  readonly #stopRoom: () => void;
  #queue: Waiting[] = [];
  #head = 0;
  #bytes = 0;
  #lostAtEnd = 0;
  #received = 0;
  #lost = 0;
  #onEmpty: () => void = () => undefined;

  constructor(intake: StreamIntake, clock: Clock, limits: Partial<typeof DEFAULT_LIMITS> = {}) {
    this.#intake = intake;
    this.#clock = clock;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#stopRoom = intake.onRoom(() => this.#handOver());
  }

  /** Messages received since start, lost ones included. */
  get received(): number {
    return this.#received;
  }

  /** What went wrong, in words. */
  get troubles(): string[] {
    return this.#lost === 0 ? [] : [`${this.#lost} messages ${LOST}`];
  }

  /** Messages waiting for room. */
  get size(): number {
    return this.#queue.length - this.#head;
  }

  /** A message arrived; the subject is without its environment, the time in UTC milliseconds. One's own is confirmed. */
  take(subject: string, body: Uint8Array, receivedAt: number, own = false): void {
    this.#received += 1;
    if (this.size === 0 && this.#lostAtEnd === 0 && this.#intake.room > 0) {
      this.#handOne(subject, receivedAt, body, own);
    } else if (this.size >= this.#limits.messages || this.#bytes + body.length > this.#limits.bytes) {
      this.#lostAtEnd += 1;
      this.#lost += 1;
    } else {
      this.#queue.push(new Waiting(subject, receivedAt, body, own, this.#lostAtEnd));
      this.#bytes += body.length;
      this.#lostAtEnd = 0;
    }
  }

  /** Hands over what waits, within a second; what there is no room for then is lost. */
  async stop(): Promise<void> {
    this.#handOver();
    if (this.size > 0) {
      const empty = new Promise<void>((resolve) => (this.#onEmpty = resolve));
      await within(this.#clock, LAST_CHANCE_MS, empty, 'no room').catch(() => this.#giveUp());
    }
    this.#stopRoom();
    this.#recordLost(this.#lostAtEnd);
    this.#lostAtEnd = 0;
  }

  #handOver(): void {
    while (this.size > 0 && this.#intake.room > 0) {
      const next = this.#queue[this.#head];
      if (next === undefined) break;
      this.#queue[this.#head] = HANDED_OVER;
      this.#head += 1;
      this.#bytes -= next.body.length;
      this.#recordLost(next.lostBefore);
      this.#handOne(next.subject, next.receivedAt, next.body, next.own);
    }
    if (this.#head > WORTHWHILE && this.#head * 2 > this.#queue.length) {
      // In place: an array left behind would take what it holds into the old generation with it.
      this.#queue.splice(0, this.#head);
      this.#head = 0;
    }
    if (this.size > 0) return;
    this.#recordLost(this.#lostAtEnd);
    this.#lostAtEnd = 0;
    this.#onEmpty();
  }

  #handOne(subject: string, receivedAt: number, body: Uint8Array, own: boolean): void {
    const seq = this.#intake.offeredSeq + 1;
    if (own) this.#intake.confirm(subject, seq);
    else this.#intake.offer(subject, seq, receivedAt, body);
  }

  #giveUp(): void {
    for (const { lostBefore } of this.#queue.slice(this.#head)) this.#lostAtEnd += lostBefore + 1;
    this.#lost += this.size;
    this.#queue = [];
    this.#head = 0;
    this.#bytes = 0;
  }

  #recordLost(count: number): void {
    if (count === 0) return;
    const first = this.#intake.offeredSeq + 1;
    this.#intake.gap(first, first + count - 1, LOST);
  }
}
