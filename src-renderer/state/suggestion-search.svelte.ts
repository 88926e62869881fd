/** A pause in typing after which is asked, in milliseconds. */
const PAUSE_MS = 120;

/** Finds what typing may have meant; answers that were overtaken by later typing are dropped. */
export class SuggestionSearch<Item> {
  readonly #find: (text: string) => Promise<readonly Item[]>;
  #items = $state.raw<readonly Item[]>([]);
  #failure = $state.raw<string | null>(null);
  #waiting = $state.raw(false);
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param find looks a trimmed text up that is not empty; it limits how many it finds. */
  constructor(find: (text: string) => Promise<readonly Item[]>) {
    this.#find = find;
  }

  /** What was found for the latest text; nothing while it cannot be looked up, which keeps nobody from typing on. */
  get items(): readonly Item[] {
    return this.#items;
  }

  /** Why nothing could be looked up, or null. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Whether the latest text has no answer yet: what there is was found for an older one. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** Looks for a text, after a pause; an empty text clears the list. */
  look(text: string): void {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    const wanted = text.trim();
    this.#failure = null;
    this.#waiting = wanted !== '';
    if (wanted === '') {
      this.#items = [];
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(wanted, asked), PAUSE_MS);
  }

  async #ask(text: string, asked: number): Promise<void> {
    try {
      const items = await this.#find(text);
      if (asked !== this.#asked) return;
      this.#items = items;
      this.#waiting = false;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#items = [];
      this.#waiting = false;
      this.#failure = error instanceof Error ? error.message : String(error);
    }
  }
}
