import type { ContractClient } from '../../../src-contract/client.ts';
import type { InvoiceView } from '../../../src-contract/invoice.ts';
import { MAX_INVOICE_VIEWS, type Settings } from '../../../src-contract/settings.ts';
import type { FeedStore } from '../../state/feed-store.svelte.ts';

/** A name has at most as many characters. */
export const MAX_VIEW_NAME = 60;

/** The saved views of the grid, kept in the settings. What is refused rejects with words for the user. */
export class SavedViews {
  readonly #client: Pick<ContractClient, 'call'>;
  readonly #settings: Pick<FeedStore<'settings'>, 'head'>;
  /** What was saved here, until the settings that were known then (`over`) are replaced by newer ones. */
  #ahead = $state.raw<{ over: Settings | null; views: readonly InvoiceView[] } | null>(null);

  constructor(client: Pick<ContractClient, 'call'>, settings: Pick<FeedStore<'settings'>, 'head'>) {
    this.#client = client;
    this.#settings = settings;
  }

  /** The views in the order in which they were saved; empty before the settings are there. */
  get all(): readonly InvoiceView[] {
    const head = this.#settings.head;
    if (this.#ahead !== null && this.#ahead.over === head) return this.#ahead.views;
    return head?.invoices.views ?? [];
  }

  /** Saves a view; one of that name is replaced. */
  async save(view: InvoiceView): Promise<void> {
    const isKnown = this.all.some(({ name }) => name === view.name);
    if (!isKnown && this.all.length >= MAX_INVOICE_VIEWS) {
      throw new Error(`At most ${MAX_INVOICE_VIEWS} views are kept: delete one first.`);
    }
    await this.#keep(
      isKnown ? this.all.map((other) => (other.name === view.name ? view : other)) : [...this.all, view],
    );
  }

  /** Gives a view another name. */
  async rename(name: string, next: string): Promise<void> {
    if (name === next) return;
    if (this.all.some((view) => view.name === next))
      throw new Error(`There is a view called ${next} already.`);
    await this.#keep(this.all.map((view) => (view.name === name ? { ...view, name: next } : view)));
  }

  /** Deletes a view. */
  async remove(name: string): Promise<void> {
    await this.#keep(this.all.filter((view) => view.name !== name));
  }

  async #keep(views: readonly InvoiceView[]): Promise<void> {
    const over = this.#settings.head;
    const saved = await this.#client.call('settings.set', { invoices: { views: [...views] } });
    this.#ahead = { over, views: saved.invoices.views };
  }
}
