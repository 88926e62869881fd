import { MAX_SEARCH_TEXT } from '../../src-contract/invoice.ts';

/** At most this many different words has a text filter. */
const MOST_WORDS = 32;

/** Letters, digits and what belongs to them make words; each symbol, such as an emoji or +, is a word of its own. */
const WORD = /[\p{L}\p{N}\p{M}\p{Co}]+|\p{S}/gu;

/** Accents, and what says how an emoji is drawn: neither tells words apart. */
const IGNORED = /[\u0300-\u036f\ufe00-\ufe0f]/g;

const HAS_OTHERS = /[^\x20-\x7e]/;

/** The words of a text as the text filter compares them: without case, accents and compatibility forms. */
export function wordsOf(text: string): string[] {
  const lower = text.toLowerCase();
  const folded = HAS_OTHERS.test(lower) ? lower.normalize('NFKD').toLowerCase().replace(IGNORED, '') : lower;
  return folded.match(WORD) ?? [];
}

/** The words of texts as the full-text table takes them. */
export function indexedWords(...texts: string[]): string {
  return wordsOf(texts.join(' ')).join(' ');
}

/**
 * The words that a text filter asks for; null for a filter of nothing but blanks, which keeps everything. Throws a
 * RangeError, with words for a user, for a text that cannot be searched for.
 */
export function searchedWords(text: string): string[] | null {
  if (text.length > MAX_SEARCH_TEXT) {
    throw new RangeError(`the text filter takes at most ${MAX_SEARCH_TEXT} characters, not ${text.length}`);
  }
  if (text.trim() === '') return null;
  const words = [...new Set(wordsOf(text))].sort();
  if (words.length === 0) {
    throw new RangeError(
      'the text filter needs at least one letter, digit or symbol: punctuation is not searched',
    );
  }
  // What another word begins with is asked for with it.
  const needed = words.filter((word, index) => words[index + 1]?.startsWith(word) !== true);
  if (needed.length > MOST_WORDS) {
    throw new RangeError(`the text filter takes at most ${MOST_WORDS} different words, not ${needed.length}`);
  }
  return needed;
}

/** What the full-text table is asked for: every word quoted, each the beginning of a word. */
export function matchOf(words: readonly string[]): string {
  return words.map((word) => `"${word}"*`).join(' AND ');
}
