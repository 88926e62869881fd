import type { ContractClient } from '../../../../src-contract/client.ts';
import type { Reject } from '../../../../src-contract/system.ts';
import { PagedList } from '../../../state/paged-list.svelte.ts';
import { argsOfFilter, type RejectFilter } from './reject-filter.ts';

const PAGE = 100;
/** The list renews itself at most this often while events are being rejected, in milliseconds. */
const CALM_MS = 2000;

/** What is known of rejects at a moment. */
interface Known {
  env: string;
  /** How many are open: the ledger's count. */
  open: number;
  /** UTC milliseconds. */
  now: number;
}

/** The rejects of the active environment: renewed when their number changes, but never under somebody who reads them. */
export class RejectList {
  readonly list: PagedList<Reject>;
  #env = '';
  #shownFor = '';
  /** How many were open when the list was loaded; −1 before that. */
  #counted = $state(-1);
  #loadedAt = 0;
  readonly #filter: () => RejectFilter;

  constructor(client: Pick<ContractClient, 'call'>, filter: () => RejectFilter) {
    this.#filter = filter;
    this.list = new PagedList((cursor) =>
      client.call('rejects.list', {
        ...argsOfFilter(filter()),
        limit: PAGE,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
  }

  /** Whether there are others than when the list was loaded. */
  isBehind(open: number): boolean {
    return this.#counted !== -1 && open !== this.#counted;
  }

  /**
   * Tells what is known now. Another environment or filter loads at once; another number of rejects unless `reading`.
   * @returns true when the rejects are those of another environment or filter than before.
   */
  follow(known: Known, reading: boolean): boolean {
    const shownFor = JSON.stringify(this.#filter());
    const moved = known.env !== this.#env || shownFor !== this.#shownFor;
    const isDue = !reading && known.now - this.#loadedAt >= CALM_MS;
    if (moved || (this.isBehind(known.open) && isDue)) this.renew(known);
    return moved;
  }

  /** Loads the newest, whoever reads. */
  renew({ env, open, now }: Known): void {
    this.#env = env;
    this.#shownFor = JSON.stringify(this.#filter());
    this.#counted = open;
    this.#loadedAt = now;
    void this.list.load();
  }
}
