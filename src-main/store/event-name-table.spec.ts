import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StreamRecord } from '../../src-contract/journal.ts';
import { makeBatch } from './testing/batches.ts';
import { makeFolder, openFixture, type StoreFixture } from './testing/store-fixture.ts';
import { testStore } from './testing/test-store.ts';

let store: StoreFixture;
let stream: StreamRecord;
let seq = 0;

function open(env: string, source = 'http', of = store): StreamRecord {
  return of.writer.openStream({ env, source, name: 'S', createdAt: 1 }, 1);
}

/** Commits one event with a name; says whether it was stored. */
function take(id: string, options: { kind?: number; at?: number; to?: StreamRecord } = {}): boolean {
  const { kind = 7, at = 1_000, to = stream } = options;
  seq += 1;
  const batch = makeBatch(to, [{ seq, kind, at: at - 5 }], { ids: [{ event: 0, id }] });
  return store.writer.commit(batch).repeated === null;
}

beforeEach(() => {
  store = testStore();
  stream = open('dev');
});

describe('the name of an event', () => {
  it('is known in its environment and family, whatever source it comes from', () => {
    const nats = open('dev', 'nats');
    const prod = open('prod');
    expect([take('a'), take('a'), take('a', { to: nats })]).toEqual([true, false, false]);
    expect([take('a', { kind: 6 }), take('a', { to: prod }), take('A')]).toEqual([true, true, true]);
    expect(store.reader.ledgers('dev')).toMatchObject([
      { source: 'http', stored: 3, repeated: 1 },
      { source: 'nats', stored: 0, repeated: 1 },
    ]);
  });

  it('counts once where it comes twice in one batch, and leaves a packed row without the second', () => {
    const ids = ['a', 'b', 'a', 'b'].map((id, event) => ({ event, id }));
    const events = [
      { seq: 1, kind: 7, body: [1, 2, 3] },
      { seq: 2, kind: 7, body: [4] },
    ];
    const answer = store.writer.commit(makeBatch(stream, events, { parts: [3, 1], ids }));
    expect(answer.repeated).toEqual([2, 3]);
    const rows = store.reader.replay('dev', 0, 10).flatMap((batch) => batch.rows);
    expect(rows.map(({ body }) => Buffer.from(body ?? []).toString())).toEqual(['[1,2]']);
    expect(store.reader.ledgers('dev')).toMatchObject([{ stored: 2, repeated: 2 }]);
    expect(store.reader.figures().journalRows).toBe(1);
  });

  it('moves the offset over a batch of which everything was known', () => {
    take('a');
    const batch = makeBatch(stream, [{ seq: seq + 1, kind: 7 }], {
      ids: [{ event: 0, id: 'a' }],
      lastSeq: seq + 5,
    });
    expect(store.writer.commit(batch).repeated).toEqual([0]);
    expect(store.reader.streams('dev')[0]?.storedSeq).toBe(seq + 5);
    expect(store.reader.replay('dev', 0, 10)).toHaveLength(1);
  });

  it.each([
    ['names of no event', { ids: [{ event: 1, id: 'a' }] }],
    [
      'names that do not rise',
      {
        ids: [
          { event: 0, id: 'a' },
          { event: 0, id: 'b' },
        ],
      },
    ],
    ['a row without events', { parts: [0] }],
    ['rows without their rejects', { redriven: [] }],
  ])('is refused with a batch that has %s', (_, rest) => {
    expect(() => store.writer.commit(makeBatch(stream, [{ seq: 1 }], rest))).toThrow(RangeError);
    expect(store.reader.figures().journalRows).toBe(0);
  });
});

describe('Writer.forgetIds', () => {
  const forget = (maxAgeMs: number, maxIds: number, now = 2_000): number => {
    let gone = 0;
    for (let slice = 1; slice > 0; gone += slice) {
      slice = store.writer.forgetIds({ maxAgeMs, maxIds }, now, 2);
      expect(slice).toBeLessThanOrEqual(2);
    }
    return gone;
  };

  it('forgets by age, and then takes the name again', () => {
    for (const [index, id] of ['a', 'b', 'c', 'd', 'e'].entries()) take(id, { at: index * 100 });
    expect(forget(1_700, 1e6)).toBe(3);
    expect(['a', 'b', 'c', 'd', 'e'].map((id) => take(id))).toEqual([true, true, true, false, false]);
  });

  it('forgets the oldest beyond the number, of each environment and family by itself', () => {
    const prod = open('prod');
    for (const id of ['a', 'b', 'c', 'd']) take(id);
    for (const id of ['a', 'b']) take(id, { kind: 6 });
    for (const id of ['a', 'b', 'c', 'd', 'e']) take(id, { to: prod });
    expect(forget(1e6, 3)).toBe(3);
    expect(['b', 'a'].map((id) => take(id))).toEqual([false, true]);
    expect(take('a', { kind: 6 })).toBe(false);
    expect(['c', 'a', 'b'].map((id) => take(id, { to: prod }))).toEqual([false, true, true]);
  });

  it('ends a slice after 20 ms, and goes on in the next', () => {
    let time = 0;
    const { folder, remove } = makeFolder();
    const slow = openFixture(folder, { monotonic: () => (time += 7) });
    const ids = Array.from({ length: 4_000 }, (_, event) => ({ event, id: String(event) }));
    const events = ids.map(({ event }) => ({ seq: event + 1, kind: 7 }));
    slow.writer.commit(makeBatch(open('dev', 'http', slow), events, { ids }));
    const slice = slow.writer.forgetIds({ maxAgeMs: 0, maxIds: 0 }, 2e9, 10_000);
    expect(slice).toBeGreaterThan(0);
    expect(slice).toBeLessThan(4_000);
    slow.close();
    remove();
  });

  it('leaves what a model leaves, after any takes and slices', () => {
    const act = fc.oneof(
      { weight: 3, arbitrary: fc.record({ take: fc.nat(12) }) },
      { weight: 1, arbitrary: fc.record({ forget: fc.nat(6) }) },
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const env = `dev-${(seq += 1)}`;
        const to = open(env);
        let known: string[] = [];
        for (const one of acts) {
          if ('take' in one) {
            const id = String(one.take);
            expect(take(id, { to })).toBe(!known.includes(id));
            if (!known.includes(id)) known.push(id);
          } else {
            forget(1e9, one.forget);
            known = one.forget === 0 ? [] : known.slice(-one.forget);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
