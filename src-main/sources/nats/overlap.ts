import { createHash } from 'node:crypto';

/** Messages of a plain subscription that are remembered; older ones are forgotten first. */
const REMEMBERED = 20_000;

/**
 * Remembers what a plain subscription took last, so that a stream made meanwhile, which holds the same messages again,
 * can be read without reading any of them twice.
 */
export class Overlap {
  readonly #counts = new Map<string, number>();
  readonly #order: string[] = [];

  /** The plain subscription took this message. */
  remember(subject: string, body: Uint8Array): void {
    const key = keyOf(subject, body);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.#order.push(key);
    if (this.#order.length > REMEMBERED) this.#forget(this.#order.shift() ?? '');
  }

  /** Whether anything is remembered. */
  get empty(): boolean {
    return this.#counts.size === 0;
  }

  /** Whether a message of the stream was taken already; each remembered one answers true once. */
  takes(subject: string, body: Uint8Array): boolean {
    return this.#forget(keyOf(subject, body));
  }

  /** Forgets everything: the stream is read beyond the overlap. */
  clear(): void {
    this.#counts.clear();
    this.#order.length = 0;
  }

  #forget(key: string): boolean {
    const count = this.#counts.get(key);
    if (count === undefined) return false;
    if (count === 1) this.#counts.delete(key);
    else this.#counts.set(key, count - 1);
    return true;
  }
}

function keyOf(subject: string, body: Uint8Array): string {
  return createHash('sha1').update(subject).update('\n').update(body).digest('base64url');
}
