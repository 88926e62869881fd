import type { ContractClient } from '../../../src-contract/client.ts';
import type { Reject } from '../../../src-contract/system.ts';
import { PagedList } from '../../state/paged-list.svelte.ts';

const PAGE = 50;
/** The list renews itself at most this often while events are being rejected, in milliseconds. */
const CALM_MS = 2000;

/** The rejects of the active environment: renewed when there are more, but never under somebody who reads them. */
export class RejectList {
  readonly list: PagedList<Reject>;
  #env = $state<string | null>(null);
  /** How many rejects there were when the list was loaded. */
  #counted = $state(0);
  #loadedAt = 0;

  constructor(client: Pick<ContractClient, 'call'>) {
    this.list = new PagedList((cursor) =>
      client.call('rejects.list', { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }),
    );
  }

  /** How many events were rejected since the list was loaded. */
  unseen(rejected: number): number {
    return Math.max(0, rejected - this.#counted);
  }

  /**
   * Tells what is known now. Another environment loads at once; more rejects load unless `reading`.
   * @param rejected the ledger's count.
   * @param reading somebody scrolled into the list or has a payload open.
   */
  follow(env: string, rejected: number, reading: boolean, now: number): void {
    const moved = env !== this.#env;
    const changed = rejected !== this.#counted;
    if (moved || (changed && !reading && now - this.#loadedAt >= CALM_MS)) this.renew(env, rejected, now);
  }

  /** Loads the newest, whoever reads. */
  renew(env: string, rejected: number, now: number): void {
    this.#env = env;
    this.#counted = rejected;
    this.#loadedAt = now;
    void this.list.load();
  }
}
