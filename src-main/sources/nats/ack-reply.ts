const DOT = 46;
const ZERO = 48;
const NINE = 57;
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
    this.#at = reply.indexOf('.', this.#start) + 1;
    this.seq = this.#number(reply, reply.length);
    this.consumerSeq = this.#number(reply, reply.length);
    this.publishedAt = this.#number(reply, reply.indexOf('.', this.#at) - NANO_DIGITS);
    return this.seq > 0 && this.consumerSeq > 0 && this.publishedAt >= 0;
  }

  /** The number that begins here, up to `end` or a dot, or NaN; moves on behind its dot. */
  #number(reply: string, end: number): number {
    let value = 0;
    let at = this.#at;
    for (; at < end; at += 1) {
      const code = reply.charCodeAt(at);
      if (code === DOT) break;
      if (code < ZERO || code > NINE) value = Number.NaN;
      value = value * 10 + (code - ZERO);
    }
    this.#at = at + 1;
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
