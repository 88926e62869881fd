import { untrack } from 'svelte';
import type { CallResult, FeedHead } from '../../../src-contract/channels.ts';
import type { ContractClient } from '../../../src-contract/client.ts';
import type { InvoiceFilter, InvoiceTotal } from '../../../src-contract/invoice.ts';
import { ContractError } from '../../../src-contract/result.ts';
import { Paced } from '../../state/paced.ts';
import { wordsOf } from '../../ui/words-of.ts';
import { addTotals } from './add-totals.ts';

/** Newer invoices are counted at most once in this time, in milliseconds. */
export const COUNT_EVERY_MS = 250;

/** Sums of what a filter keeps, up to an id. */
export interface Counted {
  newest: number;
  count: number;
  totals: readonly InvoiceTotal[];
}

/** Before anything was counted: even of no invoices it has to be asked whether the filter is one. */
const NOTHING_COUNTED: Counted = { newest: -1, count: 0, totals: [] };

/** Which set: what a filter keeps of a generation of an environment. */
export interface CountedScope {
  key: string;
  env: string;
  generation: number;
  filter: InvoiceFilter;
}

/** Counts what a filter keeps: once all of it, then only what is newer, which is added exactly. */
export class CountedSet {
  readonly #client: Pick<ContractClient, 'call'>;
  readonly #newest: () => number;
  readonly #scope: CountedScope;
  readonly #pace = new Paced(COUNT_EVERY_MS, () => void this.#count());
  #counted = $state.raw<Counted | null>(null);
  #failure = $state.raw<unknown>(null);
  #isCounting = false;
  #isStopped = false;

  /** @param newest the id of the newest invoice there is. */
  constructor(client: Pick<ContractClient, 'call'>, scope: CountedScope, newest: () => number) {
    this.#client = client;
    this.#scope = scope;
    this.#newest = newest;
  }

  /** What is known so far; null before the first answer. */
  get counted(): Counted | null {
    return this.#counted;
  }

  /** Why the latest count failed, or null. */
  get failure(): string | null {
    return this.#failure === null ? null : wordsOf(this.#failure);
  }

  /** Why the engine refuses the filter as it is, or null. */
  get refusal(): string | null {
    const failure = this.#failure;
    return failure instanceof ContractError && failure.code === 'invalid_argument' ? failure.message : null;
  }

  /** Counts what there is to count, soon. */
  follow(): void {
    this.#pace.ask();
  }

  stop(): void {
    this.#isStopped = true;
    this.#pace.stop();
  }

  async #count(): Promise<void> {
    const newest = untrack(this.#newest);
    const known = untrack(() => this.#counted) ?? NOTHING_COUNTED;
    if (this.#isCounting || known.newest >= newest) return;
    this.#isCounting = true;
    try {
      const answer = await this.#ask(newest, known.newest);
      if (this.#isStopped || answer.generation !== this.#scope.generation) return;
      this.#counted = {
        newest,
        count: known.count + answer.count,
        totals: addTotals(known.totals, answer.totals),
      };
      this.#failure = null;
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#isCounting = false;
      if (!this.#isStopped && this.#newest() > newest) this.#pace.ask();
    }
  }

  #ask(newest: number, after: number): Promise<CallResult<'invoices.totals'>> {
    const { env, filter } = this.#scope;
    const later = after < 0 ? {} : { after };
    return this.#client.call('invoices.totals', { env, filter, as_of: newest, ...later });
  }
}

/** What the statistics count: all there is. */
export function countedOf({ newest, count, totals }: FeedHead<'invoiceStats'>): Counted {
  return { newest, count, totals };
}
