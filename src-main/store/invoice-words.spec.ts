import { describe, expect, it } from 'vitest';
import { indexedWords, matchOf, searchedWords, wordsOf } from './invoice-words.ts';

describe('the words of the text filter', () => {
  it('are without case, accents and compatibility forms', () => {
    expect(wordsOf('Ärger MÜLLER ﬁne İzmir')).toEqual(['arger', 'muller', 'fine', 'izmir']);
  });

  it('end at punctuation, and each symbol is one of its own', () => {
    expect(wordsOf('PD-00000012, 50% C++ pizza🍕❤️')).toEqual([
      'pd',
      '00000012',
      '50',
      'c',
      '+',
      '+',
      'pizza',
      '🍕',
      '❤',
    ]);
  });

  it('keep the vowel signs of scripts that write them as marks', () => {
    expect(wordsOf('हिन्दी שלום')).toEqual(['हिन्दी', 'שלום']);
  });

  it('are indexed with a blank between texts', () => {
    expect(indexedWords('A-1', 'Acme', 'Red Chair')).toBe('a 1 acme red chair');
  });
});

describe('what a text filter asks for', () => {
  it('is everything when it is blank', () => {
    expect(searchedWords(' \t')).toBeNull();
  });

  it('leaves out words that others begin with', () => {
    expect(searchedWords('steel st s paper steel')).toEqual(['paper', 'steel']);
  });

  it('is refused in clear words without anything to search, too long, or of too many words', () => {
    expect(() => searchedWords('%_"\'-(*)')).toThrow(/at least one letter, digit or symbol/);
    expect(() => searchedWords('x'.repeat(10_000))).toThrow(/at most 200 characters, not 10000/);
    const words = Array.from(
      { length: 33 },
      (_, index) => `${String.fromCodePoint(97 + (index % 26))}${index + 10}`,
    );
    expect(() => searchedWords(words.join(' '))).toThrow(/at most 32 different words, not 33/);
  });

  it('is quoted for the full-text table', () => {
    expect(matchOf(['and', 'near'])).toBe('"and"* AND "near"*');
  });
});
