import { describe, expect, it } from 'vitest';
import { fakeRun } from './fake-invoice.ts';
import { runWords } from './run-words.ts';

describe('the words of a run that has finished', () => {
  it.each([
    [0, 'The run ended before it produced any.'],
    [1, 'The one that was produced is shown.'],
    [1500, 'All 1,500 that were produced are shown.'],
  ])('after %d', (count, words) => {
    expect(runWords(fakeRun({ state: 'finished', produced: count, shown: count }))).toBe(words);
  });
});
