import type { CallArgs, CallName, CallResult, FeedHead, FeedName, FeedParams, FeedRow } from './channels.ts';
import type { ContractClient, FeedStatus, FeedView, LinkState } from './client.ts';
import { rowKey, type FeedState } from './feed-state.ts';
import { ContractError } from './result.ts';

interface OpenFeed {
  name: FeedName;
  params: unknown;
  listener(view: FeedView<FeedName>): void;
}

/** Answers of a fake, by channel name. */
export type FakeAnswers = { [N in CallName]?: (args: CallArgs<N>) => CallResult<N> | Promise<CallResult<N>> };

/** A {@link ContractClient} for component tests: feeds are pushed by the test, calls are answered from a table. */
export class FakeClient implements ContractClient {
  /** Every call that was made, in order. */
  readonly calls: { name: CallName; args: unknown }[] = [];
  readonly #answers: FakeAnswers;
  readonly #keyOf: (feed: FeedName) => string;
  readonly #feeds = new Set<OpenFeed>();
  readonly #linkListeners = new Set<(link: LinkState) => void>();
  #link: LinkState = { state: 'live', version: '0.0.0', env: 'demo' };

  constructor(keyOf: (feed: FeedName) => string, answers: FakeAnswers = {}) {
    this.#keyOf = keyOf;
    this.#answers = answers;
  }

  get link(): LinkState {
    return this.#link;
  }

  onLink(listener: (link: LinkState) => void): () => void {
    this.#linkListeners.add(listener);
    return () => this.#linkListeners.delete(listener);
  }

  /** Changes the link, as a broken or healed connection would. */
  setLink(link: LinkState): void {
    this.#link = link;
    for (const listener of this.#linkListeners) listener(link);
  }

  async call<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallResult<N>> {
    this.calls.push({ name, args });
    const answer = this.#answers[name];
    if (answer === undefined) throw new ContractError('unavailable', `no answer was prepared for ${name}`);
    return answer(args);
  }

  open<N extends FeedName>(
    name: N,
    params: FeedParams<N>,
    listener: (view: FeedView<N>) => void,
  ): () => void {
    const feed: OpenFeed = { name, params, listener };
    this.#feeds.add(feed);
    feed.listener({ status: { status: 'waiting' }, state: null });
    return () => this.#feeds.delete(feed);
  }

  /** How many feeds of a name are open: a component that was unmounted must have closed its own. */
  openFeeds(name: FeedName): number {
    return [...this.#feeds].filter((feed) => feed.name === name).length;
  }

  /** Shows a state to every listener of a feed. */
  push<N extends FeedName>(
    name: N,
    head: FeedHead<N>,
    rows: FeedRow<N>[],
    status: FeedStatus = { status: 'live' },
  ): void {
    const state: FeedState<unknown, unknown> = {
      head,
      rows: new Map(rows.map((row) => [rowKey(row, this.#keyOf(name)), row])),
    };
    for (const feed of this.#feeds) {
      if (feed.name === name) feed.listener({ status, state: state as FeedView<N>['state'] });
    }
  }

  close(): void {
    this.#feeds.clear();
    this.#linkListeners.clear();
  }
}
