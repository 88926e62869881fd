import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_REVISIONS } from '../../../src-contract/ticker.ts';
import { CandleRevisions } from './candle-revisions.ts';

const FEED = { symbol: 'AAPL', interval: '1m' };
const OTHER = { symbol: 'AAPL', interval: '1s' };

/** From when on a reader that saw a revision last asks again; null: it does not. */
function askedFrom(revisions: CandleRevisions, seen: number): number | null {
  const missed = revisions.of(FEED).find(({ revision }) => revision > seen);
  return missed === undefined ? null : Date.parse(missed.since);
}

describe('revisions of candles', () => {
  it('tell every change, a second one that is not earlier too', () => {
    const revisions = new CandleRevisions();
    revisions.note(FEED, 60_000);
    revisions.note(FEED, 120_000);
    expect(revisions.of(FEED).map(({ revision }) => revision)).toEqual([1, 2]);
    expect([0, 1, 2].map((seen) => askedFrom(revisions, seen))).toEqual([60_000, 120_000, null]);
  });

  it('let a reader that missed any of them ask from the earliest it missed, or from before it where they are many', () => {
    const froms = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(froms, (minutes) => {
        const revisions = new CandleRevisions();
        for (const minute of minutes) revisions.note(FEED, minute * 60_000);
        const kept = revisions.of(FEED);
        expect(kept.length).toBeLessThanOrEqual(MAX_REVISIONS);
        for (let seen = 0; seen < minutes.length; seen++) {
          const earliest = Math.min(...minutes.slice(seen)) * 60_000;
          const asked = askedFrom(revisions, seen);
          expect(asked).not.toBeNull();
          if (kept.length < MAX_REVISIONS) expect(asked).toBe(earliest);
          else expect(asked).toBeLessThanOrEqual(earliest);
        }
        expect(askedFrom(revisions, minutes.length)).toBeNull();
      }),
    );
  });

  it('are of one feed, are forgotten when nobody reads it, and never count from the beginning again', () => {
    const revisions = new CandleRevisions();
    revisions.note(FEED, 60_000);
    revisions.note(OTHER, 1000);
    expect(revisions.of(OTHER)).toEqual([{ revision: 2, since: '1970-01-01T00:00:01.000Z' }]);
    revisions.keep([OTHER]);
    expect([revisions.of(FEED), revisions.of(OTHER)]).toMatchObject([[], [{ revision: 2 }]]);
    revisions.note(FEED, 60_000);
    expect(revisions.of(FEED)).toMatchObject([{ revision: 3 }]);
  });
});
