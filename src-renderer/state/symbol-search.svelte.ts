import type { ContractClient } from '../../src-contract/client.ts';
import type { Suggestion } from '../../src-contract/ticker.ts';

/** A pause in typing after which is asked, in milliseconds. */
const PAUSE_MS = 120;
/** The longest text that is looked for. */
const MAX_TEXT = 64;

/** Finds symbols that typing may have meant; answers that were overtaken by later typing are dropped. */
export class SymbolSearch {
  #items = $state.raw<readonly Suggestion[]>([]);
  readonly #client: Pick<ContractClient, 'call'>;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Pick<ContractClient, 'call'>) {
    this.#client = client;
  }

  /** At most 10 symbols for the latest text; none while they cannot be looked up, which keeps nobody from typing on. */
  get items(): readonly Suggestion[] {
    return this.#items;
  }

  /** Looks for a text, after a pause; an empty text clears the list. */
  look(text: string): void {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    const q = text.trim().toUpperCase().slice(0, MAX_TEXT);
    if (q === '') {
      this.#items = [];
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(q, asked), PAUSE_MS);
  }

  async #ask(q: string, asked: number): Promise<void> {
    const items = await this.#client.call('symbols.suggest', { q }).then(
      (found) => found.items,
      () => [],
    );
    if (asked === this.#asked) this.#items = items;
  }
}
