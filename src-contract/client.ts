import type { CallArgs, CallName, CallResult, FeedHead, FeedName, FeedParams, FeedRow } from './channels.ts';
import type { FeedState } from './feed-state.ts';
import type { Failure } from './result.ts';

/**
 * Whether what a feed shows is current. `live`: yes. `waiting`: no snapshot yet. `stale`: the last state is shown, since
 * when and why it stopped. `failed`: the engine refused the feed.
 */
export type FeedStatus =
  | { status: 'waiting' }
  | { status: 'live' }
  | { status: 'stale'; since: number; reason: string }
  | { status: 'failed'; error: Failure };

/** What a feed's listener gets on every change: the state (null before the first snapshot) and how current it is. */
export interface FeedView<N extends FeedName> {
  status: FeedStatus;
  state: FeedState<FeedHead<N>, FeedRow<N>> | null;
}

/** The link to the engine, in one word with its reason. */
export type LinkState =
  | { state: 'connecting'; since: number; reason: string; retryAt: number | null }
  | { state: 'live'; version: string; env: string }
  | { state: 'failed'; since: number; reason: string };

/** The whole of what a screen, the REST routes or a test can ask of the engine; derived from the channel table. */
export interface ContractClient {
  /** Asks or does; rejects with a ContractError. */
  call<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallResult<N>>;
  /** Opens a feed; returns what closes it. The listener is called on every change, first with what is known now. */
  open<N extends FeedName>(name: N, params: FeedParams<N>, listener: (view: FeedView<N>) => void): () => void;
  /** The link's present state and, after `onLink`, its changes. */
  readonly link: LinkState;
  onLink(listener: (link: LinkState) => void): () => void;
  /** Closes every feed and the transport; open calls reject with `unavailable`. */
  close(): void;
}
