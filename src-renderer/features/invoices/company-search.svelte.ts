import type { ContractClient } from '../../../src-contract/client.ts';

/** A pause in typing after which is asked, in milliseconds. */
const PAUSE_MS = 120;
/** The longest text that is looked for. */
const MAX_TEXT = 200;

/** Finds companies that typing may have meant; answers that were overtaken by later typing are dropped. */
export class CompanySearch {
  readonly #client: Pick<ContractClient, 'call'>;
  #items = $state.raw<readonly string[]>([]);
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Pick<ContractClient, 'call'>) {
    this.#client = client;
  }

  /** At most 20 names for the latest text; none while they cannot be looked up, which keeps nobody from typing on. */
  get items(): readonly string[] {
    return this.#items;
  }

  /** Looks for a text, after a pause; an empty text clears the list. */
  look(text: string): void {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    const q = text.trim().slice(0, MAX_TEXT);
    if (q === '') {
      this.#items = [];
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(q, asked), PAUSE_MS);
  }

  async #ask(q: string, asked: number): Promise<void> {
    const items = await this.#client.call('invoices.companies', { q }).then(
      (found) => found.items,
      () => [],
    );
    if (asked === this.#asked) this.#items = items;
  }
}
