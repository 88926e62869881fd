import { describe, expect, it } from 'vitest';
import { atMost, counted, nothingWrong } from './finding.ts';
import { findingsTable } from './findings-table.ts';

describe('findings', () => {
  it('hold when a count is exact, a limit is kept, nothing is wrong', () => {
    expect([counted('a', 3, 3), counted('a', 3, 4)].map(({ holds }) => holds)).toEqual([true, false]);
    expect([atMost('a', 2, 2, 's'), atMost('a', 2.1, 2, 's')].map(({ holds }) => holds)).toEqual([
      true,
      false,
    ]);
    expect(nothingWrong('a', 5, []).holds).toBe(true);
  });

  it('show the first three of what is wrong, and how many there are', () => {
    expect(nothingWrong('a', 5, ['b', 'c', 'd', 'e'])).toEqual({
      what: 'a',
      figure: '4 wrong of 5: b; c; d',
      holds: false,
    });
  });
});

describe('the table of findings', () => {
  it('says first whether the point holds, then every finding with its verdict', () => {
    const text = findingsTable('kill', [counted('stored', 3, 3), counted('lost', 1, 0)], 2);
    const [head, ...rows] = text.split('\n');
    expect(head).toBe('kill: 1 of 2 findings fail (2.0 s)');
    expect(rows.map((row) => row.trim().split(/\s+/))).toEqual([
      ['ok', 'stored', '3', 'of', '3'],
      ['FAIL', 'lost', '1', 'of', '0'],
    ]);
    expect(findingsTable('kill', [], 1)).toBe('kill: holds (1.0 s)');
  });
});
