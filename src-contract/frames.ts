import type { FeedPatch, FeedSnapshot } from './feed-state.ts';
import type { Failure } from './result.ts';

/**
 * What a client sends, as JSON text. Ids are chosen by the client and unique among its open calls or feeds. `visible` says
 * whether anybody can see it: with all windows hidden the stock API is polled less often. A client is visible until it says.
 */
export type ClientMessage =
  | { t: 'call'; id: number; channel: string; args: unknown }
  | { t: 'open'; id: number; feed: string; params: unknown }
  | { t: 'close'; id: number }
  | { t: 'resync'; id: number }
  | { t: 'ack'; frame: number }
  | { t: 'visible'; visible: boolean };

/** One feed's part of a frame. `seq` counts a feed's parts from 0; a missing number means: ask for a snapshot again. */
export interface FeedPart {
  id: number;
  seq: number;
  snapshot?: FeedSnapshot<unknown, unknown>;
  patch?: FeedPatch<unknown, unknown>;
  error?: Failure;
}

/**
 * What the engine sends, as JSON text. `hello` comes first and again after every restart of the engine: it knows none of
 * the feeds that were open before. What fails without an id was no message at all. A frame is answered by an `ack` when it has been drawn; until then none follows.
 */
export type EngineMessage =
  | { t: 'hello'; epoch: string; version: string; env: string }
  | { t: 'ok'; id: number; value: unknown }
  | { t: 'failed'; id: number | null; error: Failure }
  | { t: 'frame'; frame: number; feeds: FeedPart[] };

/** What the host says of the engine when the engine cannot: it stopped and is being restarted, or has failed for good. */
export interface LinkMessage {
  t: 'link';
  state: 'down' | 'failed';
  since: number;
  reason: string;
}

/** Anything a client can receive. */
export type ServerMessage = EngineMessage | LinkMessage;

/** Messages longer than this are refused at every entrance, in characters. */
export const MAX_CLIENT_MESSAGE = 64 * 1024;
/** Characters of a part of a file that a call carries: each may take six in JSON, and all must fit into a message. */
export const MAX_IMPORT_PART = 10_000;
/** Feeds one client may have open at once; one more is refused with `too_many`. */
export const MAX_OPEN_FEEDS = 64;
/** Calls one client may have waiting at once; one more is refused with `too_many`. */
export const MAX_OPEN_CALLS = 256;
