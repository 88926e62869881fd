import { createSubscriber } from 'svelte/reactivity';
import type { FeedHead, FeedName, FeedParams, FeedRow } from '../../src-contract/channels.ts';
import type { ContractClient, FeedStatus, FeedView } from '../../src-contract/client.ts';

const WAITING = { status: { status: 'waiting' }, state: null } as const;

/**
 * The state of one feed for components. The feed is opened when the first effect or template reads it and closed when
 * the last one is gone; what it said is forgotten then, because nobody keeps it current.
 */
export class FeedStore<N extends FeedName> {
  #view = $state.raw<FeedView<N>>(WAITING);
  readonly #none: ReadonlyMap<string, FeedRow<N>> = new Map();
  readonly #use: () => void;

  /** @param closed called when the last reader is gone. */
  constructor(client: ContractClient, name: N, params: FeedParams<N>, closed: () => void = () => undefined) {
    this.#use = createSubscriber(() => {
      const close = client.open(name, params, (view) => {
        this.#view = view;
      });
      return () => {
        close();
        this.#view = WAITING;
        closed();
      };
    });
  }

  /** Whether what is shown is current, and if not, since when and why. */
  get status(): FeedStatus {
    this.#use();
    return this.#view.status;
  }

  /** The head, or null before the first snapshot. */
  get head(): FeedHead<N> | null {
    this.#use();
    return this.#view.state?.head ?? null;
  }

  /** The rows by key; empty before the first snapshot. A new map on every change of rows, the same one otherwise. */
  get rows(): ReadonlyMap<string, FeedRow<N>> {
    this.#use();
    return this.#view.state?.rows ?? this.#none;
  }

  /** True once a snapshot has arrived, be it stale by now. */
  get loaded(): boolean {
    this.#use();
    return this.#view.state !== null;
  }
}
