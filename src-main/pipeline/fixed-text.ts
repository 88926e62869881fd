/** Bytes of a word. */
const WORD = 4;

/** A text that is looked for at a known place, four bytes at a time: most bytes of a price are the same in each of them. */
export class FixedText {
  /** In bytes. */
  readonly length: number;
  readonly #words: Uint32Array;
  /** The last four bytes, some of which may be in a word before. */
  readonly #tail: number;

  /** @param text at least four characters of ASCII. */
  constructor(text: string) {
    const view = viewOf(Buffer.from(text));
    this.length = view.byteLength;
    const wordAt = (at: number): number => view.getUint32(at, true);
    this.#words = Uint32Array.from({ length: Math.floor(this.length / WORD) }, (_, index) =>
      wordAt(index * WORD),
    );
    this.#tail = wordAt(this.length - WORD);
  }

  /** Whether the text stands at this place, where there have to be as many bytes. */
  isAt(bytes: DataView, at: number): boolean {
    const words = this.#words;
    for (let index = 0; index < words.length; index += 1) {
      if (bytes.getUint32(at + index * WORD, true) !== words[index]) return false;
    }
    return bytes.getUint32(at + this.length - WORD, true) === this.#tail;
  }
}

/** The same bytes, to be read by words. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
