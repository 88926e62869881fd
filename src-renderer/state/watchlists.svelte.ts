import type { ContractClient } from '../../src-contract/client.ts';
import type { Subscription, Watchlist } from '../../src-contract/ticker.ts';
import type { FeedStore } from './feed-store.svelte.ts';
import { LatestOnly } from './latest-only.ts';
import { moved } from './moved.ts';

type Lists = readonly Watchlist[];
type QuotesHead = FeedStore<'quotes'>['head'];

/**
 * The watchlists and what is done with them. What is done here is seen at once, and until the engine says the same; what
 * it refuses is taken back, and the call rejects with its ContractError.
 */
export class Watchlists {
  readonly #client: Pick<ContractClient, 'call'>;
  readonly #quotes: Pick<FeedStore<'quotes'>, 'head'>;
  /** Changes of here over what the engine said then (`over`). */
  #ahead = $state.raw<{ over: QuotesHead; lists: Lists } | null>(null);
  #waiting = $state(0);
  #revision = $state(0);
  /** Per list, of which there are few: an order is sent when the one before has been answered. */
  readonly #orders = new Map<string, LatestOnly>();

  constructor(client: Pick<ContractClient, 'call'>, quotes: Pick<FeedStore<'quotes'>, 'head'>) {
    this.#client = client;
    this.#quotes = quotes;
  }

  /** The lists in their order; empty before they are there. */
  get all(): Lists {
    const ahead = this.#ahead;
    const { head } = this.#quotes;
    if (ahead !== null && (this.#waiting > 0 || ahead.over === head)) return ahead.lists;
    return head?.watchlists ?? [];
  }

  /** Changes with everything that is done here, which no list that holds still keeps waiting. */
  get revision(): number {
    return this.#revision;
  }

  /** Watches what was typed. */
  async subscribe(typed: string, list: string): Promise<Subscription> {
    const subscription = await this.#client.call('subscription.add', { symbol: typed, list });
    const { symbol } = subscription;
    this.#show((lists) =>
      withSymbols(lists, list, (symbols) => (symbols.includes(symbol) ? symbols : [...symbols, symbol])),
    );
    return subscription;
  }

  /** Takes a symbol from a list. */
  async unsubscribe(symbol: string, list: string): Promise<void> {
    const without = (symbols: readonly string[]) => symbols.filter((other) => other !== symbol);
    await this.#change(
      (lists) => withSymbols(lists, list, without),
      () => this.#client.call('subscription.remove', { symbol, list }),
    );
  }

  /** Puts the symbols of a list in an order; every one of them once. */
  async order(list: string, symbols: readonly string[]): Promise<void> {
    this.#show((lists) => withSymbols(lists, list, () => symbols));
    const queue = this.#orders.get(list) ?? new LatestOnly();
    this.#orders.set(list, queue);
    await queue.run(() =>
      this.#wait(() => this.#client.call('watchlist.order', { id: list, symbols: [...symbols] })),
    );
  }

  /** Adds a list at the end. */
  async create(name: string, symbols: readonly string[] = []): Promise<Watchlist> {
    const args = symbols.length === 0 ? { name } : { name, symbols: [...symbols] };
    const created = await this.#client.call('watchlist.create', args);
    this.#show((lists) => (lists.some(({ id }) => id === created.id) ? lists : [...lists, created]));
    return created;
  }

  /** Gives a list another name. */
  async rename(list: string, name: string): Promise<void> {
    await this.#change(
      (lists) => lists.map((other) => (other.id === list ? { ...other, name } : other)),
      () => this.#client.call('watchlist.rename', { id: list, name }),
    );
  }

  /** Removes a list with its subscriptions. */
  async remove(list: string): Promise<void> {
    await this.#change(
      (lists) => lists.filter(({ id }) => id !== list),
      () => this.#client.call('watchlist.remove', { id: list }),
    );
  }

  /** Puts a list at another place among the lists. */
  async move(list: string, to: number): Promise<void> {
    const ids = this.all.map(({ id }) => id);
    const next = moved(ids, list, to);
    if (next === ids) return;
    await this.#change(
      (lists) => next.flatMap((id) => lists.filter((other) => other.id === id)),
      () => this.#client.call('watchlists.order', { ids: [...next] }),
    );
  }

  async #change(change: (lists: Lists) => Lists, call: () => Promise<unknown>): Promise<void> {
    this.#show(change);
    await this.#wait(call);
  }

  #show(change: (lists: Lists) => Lists): void {
    this.#ahead = { over: this.#quotes.head, lists: change(this.all) };
    this.#revision += 1;
  }

  /** Keeps what is shown until the call is answered, and after that until the engine's next word. */
  async #wait(call: () => Promise<unknown>): Promise<void> {
    this.#waiting += 1;
    try {
      await call();
      if (this.#ahead !== null) this.#ahead = { ...this.#ahead, over: this.#quotes.head };
    } catch (error) {
      this.#ahead = null;
      throw error;
    } finally {
      this.#waiting -= 1;
    }
  }
}

function withSymbols(
  lists: Lists,
  list: string,
  change: (symbols: readonly string[]) => readonly string[],
): Lists {
  return lists.map((other) =>
    other.id === list ? { ...other, symbols: [...change(other.symbols)] } : other,
  );
}
