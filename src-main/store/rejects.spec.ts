import { beforeEach, describe, expect, it } from 'vitest';
import type { StreamRecord } from '../../src-contract/journal.ts';
import type { RejectFilter } from './port.ts';
import { ALL_REJECTS, makeBatch, makeReject } from './testing/batches.ts';
import type { StoreFixture } from './testing/store-fixture.ts';
import { testStore } from './testing/test-store.ts';

const AT = '1970-01-01T00:16:40.005Z';

let store: StoreFixture;
let nats: StreamRecord;
let mended: StreamRecord;

beforeEach(() => {
  store = testStore();
  nats = store.writer.openStream({ env: 'dev', source: 'nats', name: 'S', createdAt: 1 }, 1);
  mended = store.writer.openStream({ env: 'dev', source: 'nats', name: 'redriven', createdAt: 1 }, 1);
});

function idsOf(filter: Partial<RejectFilter>): number[] {
  return store.reader.rejects('dev', { ...ALL_REJECTS, ...filter }, 100, null).items.map(({ id }) => id);
}

describe('redriving', () => {
  beforeEach(() => {
    store.writer.commit(makeBatch(nats, [{ seq: 1 }], { rejects: [makeReject(2), makeReject(3)] }));
  });

  it('stores what a reject was mended to, marks it, and moves it from rejected to stored', () => {
    const answer = store.writer.commit(
      makeBatch(mended, [{ seq: 1, kind: 7, body: { type: 'a' } }], { redriven: [2] }),
    );
    expect(answer).toEqual({ batch: 2, repeated: null, repeatedRejects: 0, movedRejects: 1 });
    expect(store.reader.ledgers('dev')).toMatchObject([{ stored: 2, repeated: 0, rejected: 1 }]);
    expect(store.reader.rejectsById('dev', [2])).toMatchObject([{ redriven_at: AT, attempts: 0 }]);
    expect(store.reader.replay('dev', 1, 10)[0]?.rows).toHaveLength(1);
  });

  it('stores a reject once, however often and by whomever it is redriven', () => {
    store.writer.commit(makeBatch(mended, [{ seq: 1 }], { redriven: [1] }));
    const again = makeBatch(mended, [{ seq: 2 }, { seq: 3 }, { seq: 4 }], { redriven: [1, 2, 2] });
    expect(store.writer.commit(again)).toMatchObject({ repeated: [0, 2], movedRejects: 1 });
    expect(store.reader.ledgers('dev')).toMatchObject([{ stored: 3, repeated: 0, rejected: 0 }]);
    expect(store.reader.figures().journalRows).toBe(3);
  });

  it('does not store what was made of a reject that is not there, or is of another environment', () => {
    const prod = store.writer.openStream({ env: 'prod', source: 'nats', name: 'redriven', createdAt: 1 }, 1);
    expect(store.writer.commit(makeBatch(prod, [{ seq: 1 }], { redriven: [1] }))).toMatchObject({
      repeated: [0],
      movedRejects: 0,
    });
    store.writer.commit(makeBatch(mended, [{ seq: 1 }], { redriven: [99] }));
    expect(store.reader.figures().journalRows).toBe(1);
    expect(store.reader.ledgers('prod')).toMatchObject([{ stored: 0, repeated: 0, rejected: 0 }]);
  });

  it('refuses what says that it came from another source than its reject', () => {
    const http = store.writer.openStream({ env: 'dev', source: 'http', name: 'redriven', createdAt: 1 }, 1);
    expect(() => store.writer.commit(makeBatch(http, [{ seq: 1 }], { redriven: [1] }))).toThrow(
      'reject 1 came from nats, not from http',
    );
    expect(idsOf({ state: 'open' })).toEqual([2, 1]);
  });

  it('marks the reject of an event whose name is known, and counts it as repeated', () => {
    const ids = [{ event: 0, id: 'a' }];
    store.writer.commit(makeBatch(nats, [{ seq: 4, kind: 7 }], { ids }));
    const answer = store.writer.commit(makeBatch(mended, [{ seq: 1, kind: 7 }], { redriven: [1], ids }));
    expect(answer).toMatchObject({ repeated: [0], movedRejects: 1 });
    expect(store.reader.ledgers('dev')).toMatchObject([{ stored: 2, repeated: 1, rejected: 1 }]);
    expect(idsOf({ state: 'open' })).toEqual([2]);
  });

  it('counts refused attempts of the rejects that are kept', () => {
    store.writer.rejectsAttempted('dev', [1, 2, 99]);
    store.writer.rejectsAttempted('dev', [2]);
    store.writer.rejectsAttempted('prod', [2]);
    expect(store.reader.rejectsById('dev', [2, 1, 99, 2]).map(({ id, attempts }) => [id, attempts])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    store.writer.commit(makeBatch(mended, [{ seq: 1 }], { redriven: [2] }));
    expect(store.reader.rejectsById('dev', [2])).toMatchObject([{ attempts: 2, redriven_at: AT }]);
  });

  it('keeps marks for as long as their rejects', () => {
    store.writer.commit(makeBatch(mended, [{ seq: 1 }], { redriven: [1] }));
    for (let part = 0; part < 10; part += 1) {
      const rejects = Array.from({ length: 1_000 }, (_, index) => makeReject(10 + part * 1_000 + index, '{'));
      store.writer.commit(makeBatch(nats, [], { rejects }));
    }
    expect(idsOf({ state: 'redriven' })).toEqual([]);
    expect(store.reader.rejectsById('dev', [1, 2])).toEqual([]);
    // The reject is gone, and so is the guard: what was made of it is not stored for want of the reject.
    expect(store.writer.commit(makeBatch(mended, [{ seq: 2 }], { redriven: [1] })).repeated).toEqual([0]);
  });
});

describe('the list of rejects', () => {
  beforeEach(() => {
    const http = store.writer.openStream({ env: 'dev', source: 'http', name: 'http', createdAt: 1 }, 1);
    const reject = (seq: number, subject: string, reason: string, body: string) => ({
      ...makeReject(seq, body),
      subject,
      reason,
    });
    store.writer.commit(
      makeBatch(nats, [], {
        rejects: [
          reject(1, 'activity.recorded', 'user is missing', '{"type":"task_created"}'),
          reject(2, 'analytics.event', 'type is missing', `{"pad":"${'x'.repeat(9_000)}needle"}`),
        ],
      }),
    );
    const rejects = [reject(1, 'analytics.event', 'value 100% wrong_', '{"type":"ü"}'), makeReject(2, '')];
    store.writer.commit(makeBatch(http, [], { rejects }));
    store.writer.commit(makeBatch(mended, [{ seq: 1 }], { redriven: [2] }));
  });

  it.each<[Partial<RejectFilter>, number[]]>([
    [{}, [4, 3, 2, 1]],
    [{ subject: 'analytics.event' }, [3, 2]],
    [{ source: 'nats' }, [2, 1]],
    [{ state: 'open' }, [4, 3, 1]],
    [{ state: 'redriven' }, [2]],
    [{ words: 'missing' }, [2, 1]],
    [{ words: 'Missing' }, []],
    [{ words: 'needle' }, [2]],
    [{ words: '0% wrong_' }, [3]],
    [{ words: 'ü' }, [3]],
    [{ words: 'type', source: 'nats', state: 'open' }, [1]],
    [{ subject: 'nothing' }, []],
  ])('keeps by %j', (filter, ids) => {
    expect(idsOf(filter)).toEqual(ids);
  });

  it('goes on behind a page of what the filter keeps', () => {
    const filter = { ...ALL_REJECTS, source: 'nats' };
    const first = store.reader.rejects('dev', filter, 1, null);
    expect(first.items.map(({ id }) => id)).toEqual([2]);
    expect(store.reader.rejects('dev', filter, 1, first.next_cursor)).toMatchObject({
      items: [{ id: 1 }],
      next_cursor: null,
    });
  });

  it('gives whole bodies by id, and nothing of another environment', () => {
    const [reject] = store.reader.rejectsById('dev', [2]);
    expect(reject).toMatchObject({ id: 2, env: 'dev', source: 'nats', bytes: 9_016, truncated: true });
    expect(Buffer.from(reject?.body ?? []).toString()).toBe(`{"pad":"${'x'.repeat(9_000)}needle"}`);
    store.writer.openStream({ env: 'prod', source: 'nats', name: 'S', createdAt: 1 }, 1);
    expect(store.reader.rejectsById('prod', [2])).toEqual([]);
  });
});
