import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamPosition } from './stream-position.ts';
import { RecordingStream } from './testing/recording-intake.ts';

const BODY = Buffer.from('{}');

function setUp(filtered: boolean, storedSeq = 0) {
  const intake = new RecordingStream('S', 0, 4000);
  intake.offeredSeq = storedSeq;
  const position = new StreamPosition(intake, filtered);
  const read = (...seqs: number[]): void => {
    for (const seq of seqs) {
      position.arrived(seq);
      position.offer('stock.price_updated', 5, BODY);
    }
  };
  const gaps = (): number[][] => intake.gaps.map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq]);
  return { intake, position, read, gaps };
}

describe('StreamPosition', () => {
  it('begins behind what was offered before', () => {
    expect(setUp(false, 41).position.read).toBe(41);
  });

  it('reports at once the first messages that are missing, before those that follow', () => {
    const { intake, read, gaps } = setUp(false);
    read(1, 2);
    read(6);
    expect(gaps()).toEqual([[3, 5]]);
    expect(intake.messages.map(({ seq }) => seq)).toEqual([1, 2, 6]);
  });

  it('reports further holes together, with how many of the range are missing', () => {
    const { intake, position, read, gaps } = setUp(false);
    read(1, 3, 5, 6, 9);
    expect(gaps()).toEqual([[2, 2]]);
    position.flush();
    expect(gaps()).toEqual([
      [2, 2],
      [4, 8],
    ]);
    expect(intake.gaps[1]?.reason).toMatch(/^3 of these 5 are no longer in the stream/);
    position.flush();
    position.flush();
    read(11);
    expect(gaps()[2]).toEqual([10, 10]);
  });

  it('takes what is left out by a filter for foreign, but not what lies before the begin of the stream', () => {
    const { position, read, gaps } = setUp(true);
    position.beginsAt(1);
    read(1, 7, 20);
    expect(gaps()).toEqual([]);
    position.beginsAt(30);
    read(40);
    expect(gaps()).toEqual([[21, 29]]);
    expect(position.read).toBe(40);
  });

  it('passes over what is foreign without a word', () => {
    const { position, gaps } = setUp(true, 10);
    position.foreignBefore(50);
    position.missingBefore(50);
    expect([position.read, gaps()]).toEqual([49, []]);
  });

  it('moves the stored offset over what was taken by plain subscription, of which nothing is missing', () => {
    const { intake, position, read } = setUp(false);
    for (const seq of [1, 2, 3]) {
      position.arrived(seq);
      position.takenBefore();
    }
    expect(intake.offeredSeq).toBe(0);
    read(4);
    expect([intake.passed, intake.gaps]).toEqual([[3], []]);
    position.arrived(5);
    position.takenBefore();
    position.flush();
    expect(intake.storedSeq).toBe(5);
  });

  it('counts a message for repeated that comes again, as from a server that lost the end of its stream', () => {
    const { intake, read } = setUp(false, 100);
    read(90);
    expect([intake.repeated, intake.messages]).toEqual([1, []]);
  });

  it('accounts for every sequence exactly once, whatever is missing', () => {
    const sequences = fc.uniqueArray(fc.integer({ min: 1, max: 80 }), { maxLength: 50 });
    fc.assert(
      fc.property(sequences, fc.array(fc.nat(80)), (unsorted, flushes) => {
        const { intake, position, read } = setUp(false);
        const seqs = unsorted.sort((a, b) => a - b);
        seqs.forEach((seq, index) => {
          read(seq);
          if (flushes.includes(index)) position.flush();
        });
        position.flush();
        const missing = intake.gaps.reduce((sum, { firstSeq, lastSeq, reason }) => {
          const some = /^(\d+) of these/.exec(reason)?.[1];
          return sum + (some === undefined ? lastSeq - firstSeq + 1 : Number(some));
        }, 0);
        expect(intake.messages.map(({ seq }) => seq)).toEqual(seqs);
        expect(missing + seqs.length).toBe(seqs.at(-1) ?? 0);
      }),
    );
  });
});
