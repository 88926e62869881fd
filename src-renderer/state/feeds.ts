import type { FeedName, FeedParams } from '../../src-contract/channels.ts';
import type { ContractClient } from '../../src-contract/client.ts';
import { FeedStore } from './feed-store.svelte.ts';

/**
 * Hands out the stores of the feeds, one per feed and parameters, so that all components that show a feed share it. A
 * store that nobody reads any more is forgotten, so there are never more than feeds on the screen.
 */
export class Feeds {
  readonly #client: ContractClient;
  readonly #stores = new Map<string, FeedStore<FeedName>>();

  constructor(client: ContractClient) {
    this.#client = client;
  }

  /** The shared store of a feed. */
  get<N extends FeedName>(name: N, params: FeedParams<N>): FeedStore<N> {
    const key = `${name} ${JSON.stringify(params)}`;
    const known = this.#stores.get(key) as FeedStore<N> | undefined;
    if (known !== undefined) return known;
    const store = new FeedStore(this.#client, name, params, () => this.#stores.delete(key));
    this.#stores.set(key, store);
    return store;
  }
}
