import type { CallArgs } from '../../../src-contract/channels.ts';
import type { ContractClient } from '../../../src-contract/client.ts';
import { wordsOf } from '../../ui/words-of.ts';

/** What is put in an order that no index serves. */
export type OrderQuery = CallArgs<'invoices.order'>;

interface Making {
  key: string;
  order: string | null;
  progress: number;
  failure: string | null;
}

/** The order of one set of invoices: the engine makes it a step at each call, and here it is asked until it is ready. */
export class SortedOrder {
  readonly #client: Pick<ContractClient, 'call'>;
  #making = $state.raw<Making | null>(null);
  /** What was wanted before is not asked for any more. */
  #wanted = 0;

  constructor(client: Pick<ContractClient, 'call'>) {
    this.#client = client;
  }

  /** Whether an order is being made. */
  get isBusy(): boolean {
    return this.#making !== null && this.#making.order === null && this.#making.failure === null;
  }

  /** How far it has come, from 0 to 1. */
  get progress(): number {
    return this.#making?.progress ?? 0;
  }

  /** Why it cannot be made, or null. */
  get failure(): string | null {
    return this.#making?.failure ?? null;
  }

  /** The name of the order of a query once it is ready, null until then. */
  nameFor(query: OrderQuery): string | null {
    return this.#making?.key === keyOf(query) ? this.#making.order : null;
  }

  /** Makes the order of a query, in place of any other; null: none is needed. */
  want(query: OrderQuery | null): void {
    if (query === null) {
      this.#wanted++;
      this.#making = null;
    } else if (this.#making?.key !== keyOf(query)) void this.again(query);
  }

  /**
   * Makes an order once more that the engine did not keep, or failed at.
   * @returns its name. Rejects with the reason when it cannot be made, or another one was wanted meanwhile.
   */
  async again(query: OrderQuery): Promise<string | null> {
    const wanted = ++this.#wanted;
    const key = keyOf(query);
    this.#making = { key, order: null, progress: 0, failure: null };
    try {
      for (;;) {
        const { order, ready, progress } = await this.#client.call('invoices.order', query);
        if (wanted !== this.#wanted) return null;
        this.#making = { key, order: ready ? order : null, progress, failure: null };
        if (ready) return order;
      }
    } catch (error) {
      if (wanted === this.#wanted) this.#making = { key, order: null, progress: 0, failure: wordsOf(error) };
      return null;
    }
  }

  stop(): void {
    this.#wanted++;
  }
}

function keyOf({ env, filter, sort, as_of: asOf }: OrderQuery): string {
  return JSON.stringify([env, filter, sort, asOf]);
}
