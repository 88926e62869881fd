const DOT = 46;
const ZERO = 48;
/** Tokens before the delivery count: `$JS.ACK.<stream>.<consumer>.` and, from newer servers, domain and account too. */
const SHORT_PREFIX = 4;
const LONG_PREFIX = 6;
/** A short reply subject has exactly this many tokens. */
const SHORT_TOKENS = 9;
/** The time is in nanoseconds, beyond what a number holds exactly: its last six digits are left off. */
const NANO_DIGITS = 6;

/**
 * Reads where a message stood from the reply subject that JetStream delivers it with,
 * `$JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<time>.<pending>`, with domain and account before
 * the stream on newer servers. One object is used for all messages of a consumer: nothing is allocated for a message.
 */
export class AckReply {
  /** Sequence in the stream. */
  seq = 0;
  /** Sequence among what this consumer was sent, from 1. */
  consumerSeq = 0;
  /** When the stream took it, in UTC milliseconds. */
  publishedAt = 0;
  #start = -1;
  #at = 0;

  /** Reads one reply subject; false when it is not of this form. All have to be of the same consumer. */
  read(reply: string): boolean {
    if (this.#start < 0) this.#start = startOf(reply);
    if (this.#start < 0) return false;
    this.#at = this.#start;
    this.#number(reply, 0);
    this.seq = this.#number(reply, 0);
    this.consumerSeq = this.#number(reply, 0);
    this.publishedAt = this.#number(reply, NANO_DIGITS);
    return this.seq > 0 && this.consumerSeq > 0 && this.publishedAt >= 0;
  }

  /** The number that begins here, without its last `dropped` digits, or NaN; moves on behind its dot. */
  #number(reply: string, dropped: number): number {
    let end = reply.indexOf('.', this.#at);
    if (end < 0) end = reply.length;
    let value = 0;
    for (let index = this.#at; index < end - dropped; index += 1) {
      const digit = reply.charCodeAt(index) - ZERO;
      if (digit < 0 || digit > 9) value = Number.NaN;
      value = value * 10 + digit;
    }
    this.#at = end + 1;
    return value;
  }
}

/** Where the delivery count begins, or -1. */
function startOf(reply: string): number {
  if (!reply.startsWith('$JS.ACK.')) return -1;
  const tokens = reply.split('.').length;
  if (tokens < SHORT_TOKENS) return -1;
  let left = tokens === SHORT_TOKENS ? SHORT_PREFIX : LONG_PREFIX;
  let index = 0;
  while (left > 0) {
    if (reply.charCodeAt(index) === DOT) left -= 1;
    index += 1;
  }
  return index;
}
