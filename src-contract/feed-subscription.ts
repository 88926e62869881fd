import type { FeedName } from './channels.ts';
import type { FeedView } from './client.ts';
import { applyPatch, stateOf, type FeedPatch, type FeedSnapshot, type FeedState } from './feed-state.ts';
import type { FeedPart } from './frames.ts';

/** How a subscription reaches its surroundings. */
export interface FeedSubscriptionOptions {
  /** Field that identifies a row. */
  key: string;
  listener(view: FeedView<FeedName>): void;
  /** Asks the engine for the feed from its snapshot on. */
  open(): void;
  /** Asks for a snapshot again after a gap. */
  resync(): void;
}

/** The receiving end of one feed: applies parts in order, asks again after a gap, says how current the state is. */
export class FeedSubscription {
  readonly #options: FeedSubscriptionOptions;
  #view: FeedView<FeedName> = { status: { status: 'waiting' }, state: null };
  #nextSeq: number | null = null;

  constructor(options: FeedSubscriptionOptions) {
    this.#options = options;
  }

  /** Begins, or begins again after a new `hello`; the last state stays visible until the snapshot comes. */
  open(): void {
    this.#nextSeq = null;
    this.#options.listener(this.#view);
    this.#options.open();
  }

  /** The link broke: what is shown is not current any more. */
  interrupt(since: number, reason: string): void {
    this.#nextSeq = null;
    this.#show({ status: { status: 'stale', since, reason }, state: this.#view.state });
  }

  /** Takes one part of a frame. */
  take(part: FeedPart): void {
    if (part.error !== undefined) {
      this.#nextSeq = null;
      return this.#show({ status: { status: 'failed', error: part.error }, state: null });
    }
    if (part.snapshot !== undefined) {
      this.#nextSeq = part.seq + 1;
      const snapshot = part.snapshot as FeedSnapshot<never, never>;
      return this.#showLive(stateOf(snapshot, this.#options.key));
    }
    if (part.patch !== undefined) this.#takePatch(part.seq, part.patch as FeedPatch<never, never>);
  }

  #takePatch(seq: number, patch: FeedPatch<never, never>): void {
    // Without a snapshot before it a patch is useless: it may be the snapshot itself that was lost.
    if (seq !== this.#nextSeq || this.#view.state === null) {
      this.#nextSeq = null;
      return this.#options.resync();
    }
    this.#nextSeq = seq + 1;
    const state = this.#view.state as FeedState<never, never>;
    this.#showLive(applyPatch(state, patch, this.#options.key));
  }

  #showLive(state: FeedState<never, never>): void {
    this.#show({ status: { status: 'live' }, state });
  }

  #show(view: FeedView<FeedName>): void {
    this.#view = view;
    this.#options.listener(view);
  }
}
