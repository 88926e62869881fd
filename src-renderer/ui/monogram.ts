const COLOURS = 8;

/** What a monogram shows: up to two letters, and which of the series colours it has. */
export interface MonogramLook {
  letters: string;
  token: string;
}

/** The monogram of a name or symbol: always the same for the same text, `BRK.B` becomes `BR`. */
export function monogramOf(text: string): MonogramLook {
  const letters = text
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .slice(0, 2)
    .toUpperCase();
  let hash = 7;
  for (const letter of text) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return { letters, token: `--series-${(hash % COLOURS) + 1}` };
}
