/**
 * What a plain subscription takes for certain: a stream that is made while it lasts holds nothing of these subjects that
 * was not taken, as long as it is filled by publishing alone.
 */
export interface PlainTaking {
  /** Up to this sequence of the stream, its last when the server was asked. */
  readonly until: number;
  /** When the server was asked, on the monotonic clock: what comes behind `until` was received later. */
  readonly askedAt: number;
  /** From this moment on, on the monotonic clock. */
  readonly since: number;
  /** Whether a subject, without its environment, was subscribed to. */
  includes(subject: string): boolean;
}
