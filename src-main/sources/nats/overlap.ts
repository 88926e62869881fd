import { OverlapPage } from './overlap-page.ts';

/** Messages that are remembered for certain: a look at the streams is due every second. Twice as many at most. */
const MESSAGES = 32_768;
/** Bytes of bodies that are remembered for certain. Twice as many at most. */
const BYTES = 8 * 1024 * 1024;

/**
 * Remembers what plain subscriptions took last, so that a stream made meanwhile, which holds the same messages again,
 * can be read without reading any of them twice. Two pages: when one is full, the older is forgotten.
 *
 * A message of the stream is one that was taken when subject and body are equal and it was published before that one was
 * received: an equal message that was published later is another one.
 */
export class Overlap {
  readonly #messages: number;
  readonly #bytes: number;
  #page: OverlapPage | null = null;
  #older: OverlapPage | null = null;

  constructor(messages = MESSAGES, bytes = BYTES) {
    this.#messages = messages;
    this.#bytes = bytes;
  }

  /** Whether nothing is remembered. */
  get empty(): boolean {
    return this.#page === null;
  }

  /** A plain subscription took this message. The body is copied; `receivedAt` is on the monotonic clock. */
  remember(subject: string, body: Uint8Array, receivedAt: number): void {
    if (body.length > this.#bytes) return;
    if (this.#page?.add(subject, body, receivedAt) === true) return;
    const next = this.#older ?? new OverlapPage(this.#messages, this.#bytes);
    next.reset();
    next.add(subject, body, receivedAt);
    this.#older = this.#page;
    this.#page = next;
  }

  /**
   * Whether a message of a stream was taken already; each remembered one answers true once. `publishedAt` is on the clock
   * of `remember`, and early rather than late where it is not exact. Messages of a subject are asked for in their order.
   */
  takes(subject: string, body: Uint8Array, publishedAt: number): boolean {
    return (
      (this.#older?.takes(subject, body, publishedAt) ?? false) ||
      (this.#page?.takes(subject, body, publishedAt) ?? false)
    );
  }

  /** Forgets everything: all streams are read beyond the overlap. */
  clear(): void {
    this.#page = null;
    this.#older = null;
  }
}
