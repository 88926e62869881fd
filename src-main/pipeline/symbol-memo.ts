const QUOTE = 34;
/** The longest symbol with its exchange. */
const LONGEST = 24;
/** Symbols remembered, at most; one more takes the place of another. A power of two. */
const PLACES = 16_384;

/** Finds the string of a known symbol by its bytes: one string for each, whose hash later look-ups find computed. */
export class SymbolMemo {
  readonly #places = new Array<string>(PLACES).fill('');

  /** Remembers a symbol. */
  learn(symbol: string): void {
    let hash = 0;
    for (let index = 0; index < symbol.length; index += 1) hash = mixed(hash, symbol.charCodeAt(index));
    this.#places[placeOf(hash)] = symbol;
  }

  /** The known symbol that stands in these bytes from `start` on, before a quotation mark; null when there is none. */
  find(bytes: Uint8Array, start: number, end: number): string | null {
    const most = Math.min(end, start + LONGEST + 1);
    let hash = 0;
    let at = start;
    while (at < most && bytes[at] !== QUOTE) {
      hash = mixed(hash, bytes[at] as number);
      at += 1;
    }
    const known = this.#places[placeOf(hash)] as string;
    return known !== '' && known.length === at - start && stands(known, bytes, start) ? known : null;
  }
}

function mixed(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

function placeOf(hash: number): number {
  return (hash ^ (hash >>> 14)) & (PLACES - 1);
}

function stands(text: string, bytes: Uint8Array, start: number): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) !== bytes[start + index]) return false;
  }
  return true;
}
