import { describe, expect, it } from 'vitest';
import { notKnown, withoutPrices, type PollAnswer } from './answer-words.ts';

const answer = (change: Partial<PollAnswer>): PollAnswer => ({
  ...{ asked: 4, rows: 0, accepted: 0, rejected: 0, lastReject: null, missing: ['A', 'B', 'C', 'D'] },
  ...change,
});

describe('an answer without prices', () => {
  it.each<[Partial<PollAnswer>, string | null]>([
    [{}, 'answered without any of the 4 watched symbols'],
    [{ rows: 9 }, 'answered without any of the 4 watched symbols'],
    [{ rows: 9, rejected: 2, lastReject: 'r' }, 'answered without any of the 4 watched symbols'],
    [{ asked: 1, missing: ['ZZZZ'] }, 'answered without the watched symbol ZZZZ'],
    [{ rows: 6, rejected: 6, lastReject: 'its price is "x"' }, 'all 6 rows were rejected: its price is "x"'],
    [{ rows: 1, rejected: 1, lastReject: 'r' }, 'the only row was rejected: r'],
    [{ rows: 2, accepted: 1, rejected: 1 }, null],
    [{ asked: 0, missing: [] }, null],
  ])('is put into words: %j', (change, words) => {
    expect(withoutPrices(answer(change))).toBe(words);
  });
});

describe('symbols that a stock API does not know', () => {
  it.each<[string[], string | null]>([
    [[], null],
    [['ZZZZ'], 'the stock API does not know ZZZZ'],
    [['A', 'B'], 'the stock API does not know A and B'],
    [['A', 'B', 'C'], 'the stock API does not know A, B and C'],
    [['A', 'B', 'C', 'D', 'E'], 'the stock API does not know A, B, C and 2 more'],
  ])('are named, a few of them: %j', (missing, words) => {
    expect(notKnown(missing)).toBe(words);
  });
});
