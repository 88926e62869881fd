import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journalId, journalPosition } from './journal.ts';

const incarnation = fc.integer({ min: 0, max: 2 ** 13 - 1 });
const seq = fc.integer({ min: 0, max: 2 ** 40 - 1 });

describe('a journal id', () => {
  it('gives its incarnation and sequence back, up to the limits of both', () => {
    fc.assert(
      fc.property(incarnation, seq, (ofIncarnation, ofSeq) => {
        const id = journalId(ofIncarnation, ofSeq);
        expect(Number.isSafeInteger(id)).toBe(true);
        expect(journalPosition(id)).toEqual({ incarnation: ofIncarnation, seq: ofSeq });
      }),
      { examples: [[2 ** 13 - 1, 2 ** 40 - 1]] },
    );
  });

  it('rises with the sequence, and behind every sequence with the incarnation', () => {
    expect(journalId(1, 2)).toBeGreaterThan(journalId(1, 1));
    expect(journalId(2, 0)).toBeGreaterThan(journalId(1, 2 ** 40 - 1));
  });
});
