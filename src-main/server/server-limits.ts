/** Limits of the HTTP host. Each has a rule for what happens there; the words of a refusal name the number. */
export interface ServerLimits {
  /** Bytes of a request's body; more gets 413. Less than a message to the engine may have, so that any body fits. */
  readonly bodyBytes: number;
  /** WebSockets open at once; one more is refused with 503. */
  readonly sockets: number;
  /** Bytes that may wait in a socket that does not read; more, and it is dropped. */
  readonly socketBufferedBytes: number;
  /** Messages a socket may send in a second; more, and it is closed. */
  readonly socketMessagesPerSecond: number;
  /** A socket that was silent for this long is asked for a sign of life, and dropped after as long again. */
  readonly pingMs: number;
  /** Requests of one client in a second, beyond loopback; more get 429. */
  readonly requestsPerSecond: number;
  /** Attempts of one client to sign in within a minute; more get 429. */
  readonly signInsPerMinute: number;
}

/** The limits that hold unless a test sets others. */
export const SERVER_LIMITS: ServerLimits = {
  bodyBytes: 48 * 1024,
  sockets: 100,
  socketBufferedBytes: 16 * 1024 * 1024,
  socketMessagesPerSecond: 2000,
  pingMs: 15_000,
  requestsPerSecond: 100,
  signInsPerMinute: 10,
};
