/** Gives each text a small whole number, from 0 on. */
export class TextNumbers {
  /** The texts by their numbers. */
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** The number of a text, which is added when it is new. */
  of(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.texts.push(text) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }

  /** The number of a text; undefined when it has none. */
  find(text: string): number | undefined {
    return this.#numbers.get(text);
  }
}
