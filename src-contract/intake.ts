import type { EventFamily } from './event-kinds.ts';
import type { StreamIdentity } from './journal.ts';

/** What became of an event that was offered as a value: why it is a reject, or null for one that will be stored. */
export type Offered = string | null;

/** What a source is given to hand its messages over, one per environment and source. Made by the pipeline. */
export interface SourceIntake {
  /**
   * Names the stream that is about to be read. Answers where reading goes on: after `storedSeq`.
   * An incarnation of the same name with another creation time is closed and shown as replaced.
   */
  openStream(stream: Omit<StreamIdentity, 'env' | 'source'>): Promise<StreamIntake>;
}

/** One stream incarnation's entrance into the pipeline. */
export interface StreamIntake {
  /** Sequence up to which everything is committed. */
  readonly storedSeq: number;
  /** Sequence up to which everything was offered; the next local sequence is one more. */
  readonly offeredSeq: number;
  /** How many messages may be offered now; at 0 the source stops pulling until `onRoom`. */
  readonly room: number;
  /** Calls back whenever room has come back to at least half of the limit; returns what stops that. */
  onRoom(listener: () => void): () => void;
  /**
   * Hands one message over: subject without the environment prefix (`stock.price_updated`), stream sequence, time of
   * publication in UTC milliseconds, body bytes. The bytes are copied. A sequence not above `offeredSeq` counts as repeated.
   * Messages are offered even if room is 0 (they were pulled already); the pipeline's hard limit then throws.
   */
  offer(subject: string, seq: number, publishedAt: number, body: Uint8Array): void;
  /**
   * Hands over one event that was parsed already, such as an element of a request's array; its shortest JSON is what the
   * journal keeps. Answers at once why it is a reject, else null; either way it is counted and stored like others. Of a
   * reject the bytes that `sent` gives are kept: a number such as 1e999 is in no value.
   */
  offerValue(
    family: EventFamily,
    seq: number,
    publishedAt: number,
    value: unknown,
    sent: () => Uint8Array,
  ): Offered;
  /**
   * Hands over the body of a reject of this source, edited or not. When it passes its checks it is stored in the reject's
   * stead, once, and occurred at `receivedAt` unless it says otherwise: it moves from rejected to stored (or to repeated,
   * when its caller's name for it is known), and was not received again. When it does not, nothing is counted and the reason is answered. Only on a stream of its own.
   */
  offerReject(
    family: EventFamily,
    seq: number,
    receivedAt: number,
    body: Uint8Array,
    reject: number,
  ): Offered;
  /**
   * Calls back after each commit of this stream, in order: everything up to `lastSeq` is durable, and of it the sequences
   * in `repeated` were known before. Returns what stops that.
   */
  onSettled(listener: (lastSeq: number, repeated: readonly number[]) => void): () => void;
  /**
   * A message arrived that this instance published itself: what it says is stored already. It counts as received and
   * repeated, and moves the offset; otherwise as {@link offer}.
   */
  confirm(subject: string, seq: number): void;
  /** Reports where the server's stream begins and ends, for the lag and for gaps. */
  observe(position: { firstSeq: number; lastSeq: number }): void;
  /** Records that the server no longer holds these sequences, which were never read. */
  gap(firstSeq: number, lastSeq: number, reason: string): void;
  /** Moves the offset behind messages up to this sequence that came another way, by plain subscription: none is missing. */
  passOver(lastSeq: number): void;
  /** Resolves when everything offered is committed. */
  drained(): Promise<void>;
}

/** Events that a request or a frame carried, as their bytes: the host does not look into them. */
export interface IntakeRequest {
  family: 'activity.recorded' | 'analytics.event';
  /** A WebSocket's bytes are a frame `{event, payload, ref}` around one event; HTTP's one event or an array of them. */
  via: 'http' | 'websocket';
  body: Uint8Array;
}

/** What became of an {@link IntakeRequest}; answered when all it took in is durable. */
export type IntakeAnswer =
  | {
      ok: true;
      /** Events that are stored now or were before: those known already by their id are among them, and in `repeated`. */
      accepted: number;
      repeated: number;
      /** Elements of an array that are rejects; one event alone that is none is answered as `invalid_event`. */
      rejected: { index: number; reason: string }[];
      /** The `ref` of the frame. */
      ref?: unknown;
    }
  | {
      ok: false;
      /** `invalid_event`: one event alone failed, and is listed in rejects. `busy`: there is no room; nothing was taken. */
      code: 'invalid_json' | 'invalid_event' | 'invalid_argument' | 'too_large' | 'busy' | 'unavailable';
      message: string;
      details?: unknown;
      /** With `busy`: when to ask again. */
      retryAfterMs?: number;
      ref?: unknown;
    };
