import { createSubscriber } from 'svelte/reactivity';
import type { ContractClient, LinkState } from '../../src-contract/client.ts';

/** The link to the engine for components: live, connecting since when and why, or failed. */
export class Link {
  readonly #client: ContractClient;
  readonly #use: () => void;

  constructor(client: ContractClient) {
    this.#client = client;
    this.#use = createSubscriber((update) => client.onLink(update));
  }

  get current(): LinkState {
    this.#use();
    return this.#client.link;
  }
}
