/** Limits of the HTTP host. Each has a rule for what happens there; the words of a refusal name the number. */
export interface ServerLimits {
  /** Bytes of a request's body; more gets 413. Less than a message to the engine may have, so that any body fits. */
  readonly bodyBytes: number;
  /** Bytes of a request's body that brings events; more gets 413. */
  readonly intakeBodyBytes: number;
  /** Bytes of such bodies that are held until they are answered; one more is refused with 429 before it is read. */
  readonly intakeHeldBytes: number;
  /** WebSockets that bring events open at once; one more is refused with 503. */
  readonly eventSockets: number;
  /** Frames of such a socket that may be unanswered; then it is not read until one is. */
  readonly eventSocketUnanswered: number;
  /** Bytes of such a frame; a longer one is refused. */
  readonly eventFrameBytes: number;
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
  intakeBodyBytes: 8 * 1024 * 1024,
  intakeHeldBytes: 64 * 1024 * 1024,
  eventSockets: 100,
  eventSocketUnanswered: 1000,
  eventFrameBytes: 64 * 1024,
  sockets: 100,
  socketBufferedBytes: 16 * 1024 * 1024,
  socketMessagesPerSecond: 2000,
  pingMs: 15_000,
  requestsPerSecond: 100,
  signInsPerMinute: 10,
};
