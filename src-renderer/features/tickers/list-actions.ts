import type { Watchlist } from '../../../src-contract/ticker.ts';
import { moved } from '../../state/moved.ts';
import type { Watchlists } from '../../state/watchlists.svelte.ts';
import { notifyFailed, notifyUndo } from '../../ui/notify.ts';
import { putBack } from './put-back.ts';

/** What a user does to watchlists, with the words for it: notices with Undo, failures, and what is read out. */
export class ListActions {
  readonly #watchlists: Watchlists;
  readonly #announce: (words: string) => void;

  /** @param announce reads out what happened, for those who do not see it. */
  constructor(watchlists: Watchlists, announce: (words: string) => void) {
    this.#watchlists = watchlists;
    this.#announce = announce;
  }

  /** Takes a symbol from a list. */
  async unsubscribe({ id, name, symbols }: Watchlist, symbol: string): Promise<void> {
    await this.#try(`${symbol} was not removed`, async () => {
      await this.#watchlists.unsubscribe(symbol, id);
      notifyUndo(`${symbol} was removed from ${name}`, () => void this.#restoreSymbol(id, symbol, symbols));
    });
  }

  /** Moves a symbol up (−1) or down (1). */
  async step(list: Watchlist, symbol: string, by: -1 | 1): Promise<void> {
    const next = moved(list.symbols, symbol, list.symbols.indexOf(symbol) + by);
    if (next === list.symbols) {
      this.#announce(`${symbol} is ${by < 0 ? 'first' : 'last'} already`);
      return;
    }
    this.#announce(`${symbol} moved to ${next.indexOf(symbol) + 1} of ${next.length}`);
    await this.order(list, next);
  }

  /** Puts the symbols of a list in another order. */
  async order({ id }: Watchlist, symbols: readonly string[]): Promise<void> {
    await this.#try('The order was not kept', () => this.#watchlists.order(id, symbols));
  }

  /** Moves a list among the lists. */
  async moveList({ id, name }: Watchlist, by: -1 | 1): Promise<void> {
    const { all } = this.#watchlists;
    const to = all.findIndex((list) => list.id === id) + by;
    if (to < 0 || to >= all.length) return;
    this.#announce(`${name} moved to ${to + 1} of ${all.length}`);
    await this.#try('The order of the lists was not kept', () => this.#watchlists.move(id, to));
  }

  /** Removes a list with what it watches. */
  async removeList(list: Watchlist): Promise<void> {
    const place = this.#watchlists.all.findIndex(({ id }) => id === list.id);
    await this.#try(`${list.name} was not deleted`, async () => {
      await this.#watchlists.remove(list.id);
      notifyUndo(`The list ${list.name} was deleted`, () => void this.#restoreList(list, place));
    });
  }

  async #restoreSymbol(list: string, symbol: string, before: readonly string[]): Promise<void> {
    await this.#try(`${symbol} was not brought back`, async () => {
      await this.#watchlists.subscribe(symbol, list);
      const present = this.#watchlists.all.find(({ id }) => id === list)?.symbols ?? [];
      const order = putBack(present, symbol, before);
      if (order.join() !== present.join()) await this.#watchlists.order(list, order);
      this.#announce(`${symbol} is back`);
    });
  }

  async #restoreList({ name, symbols }: Watchlist, place: number): Promise<void> {
    await this.#try(`The list ${name} was not brought back`, async () => {
      const { id } = await this.#watchlists.create(name, symbols);
      await this.#watchlists.move(id, place);
      this.#announce(`${name} is back`);
    });
  }

  async #try(complaint: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      notifyFailed(complaint, error);
    }
  }
}
