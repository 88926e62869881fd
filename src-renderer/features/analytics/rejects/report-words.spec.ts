import { describe, expect, it } from 'vitest';
import { fakeReport } from '../../../state/fake-analytics.ts';
import { outcomeWords, passing, redriveLabel, reportWords } from './report-words.ts';

describe('the words about a redrive', () => {
  it('count what became of many, leaving out what did not happen', () => {
    expect(reportWords(fakeReport([1, 2, 3], [2]))).toBe('2 stored, 1 refused');
    expect(reportWords({ ...fakeReport([1]), stored: 0, repeated: 1 })).toBe('1 known already');
    expect(reportWords(fakeReport([]))).toBe('nothing');
  });

  it('tell a dry run from the real thing', () => {
    expect(outcomeWords(fakeReport([1], [], true))).toBe('It passes: it would be stored.');
    expect(outcomeWords(fakeReport([1]))).toBe('It was stored.');
    expect(outcomeWords(fakeReport([1], [1], true))).toBe(
      'It would be refused again: value must be a number (1)',
    );
    expect(outcomeWords(fakeReport([1], [1]))).toContain('was refused again');
  });

  it('say that what is known already is not stored twice', () => {
    const outcomes = [{ id: 1, outcome: 'repeated' as const, reason: null }];
    expect(outcomeWords({ ...fakeReport([1], [], true), outcomes })).toContain(
      'would be stored a second time',
    );
    expect(outcomeWords({ ...fakeReport([1]), outcomes })).toContain('was stored a second time');
  });

  it('name those that pass', () => {
    expect(passing(fakeReport([1, 2, 3], [2], true))).toEqual([1, 3]);
    expect(redriveLabel(1)).toBe('Redrive 1 reject');
  });
});
