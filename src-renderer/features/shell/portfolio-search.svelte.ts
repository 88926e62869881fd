import type { ContractClient } from '../../../src-contract/client.ts';

/** How many portfolios the palette lists. */
const LIMIT = 8;
/** A pause in typing after which is asked, in milliseconds. */
const PAUSE_MS = 120;

/** Finds shared portfolios by a part of their slug; answers that were overtaken by later typing are dropped. */
export class PortfolioSearch {
  #slugs = $state.raw<string[]>([]);
  #failure = $state.raw<string | null>(null);
  readonly #client: Pick<ContractClient, 'call'>;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Pick<ContractClient, 'call'>) {
    this.#client = client;
  }

  /** Slugs found for the latest text. */
  get slugs(): readonly string[] {
    return this.#slugs;
  }

  /** Why nothing could be looked up, or null. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Looks for a text, after a pause; an empty text clears the list. */
  look(text: string): void {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    const q = text.trim().toLowerCase().slice(0, 64);
    this.#failure = null;
    if (q === '') {
      this.#slugs = [];
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(q, asked), PAUSE_MS);
  }

  async #ask(q: string, asked: number): Promise<void> {
    try {
      const { items } = await this.#client.call('portfolios.list', { q, limit: LIMIT });
      if (asked === this.#asked) this.#slugs = items.map(({ slug }) => slug);
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#slugs = [];
      this.#failure = error instanceof Error ? error.message : String(error);
    }
  }
}
