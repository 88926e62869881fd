import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalId, type StreamRecord } from '../../src-contract/journal.ts';
import { ALL_REJECTS, makeBatch, makeReject } from './testing/batches.ts';
import {
  makeCheckpoint,
  makeFolder,
  openFixture,
  standsInFiles,
  type StoreFixture,
} from './testing/store-fixture.ts';

let remove: () => void;
let store: StoreFixture;
let nats: StreamRecord;
let time = 0;

beforeEach(() => {
  const made = makeFolder();
  remove = made.remove;
  time = 0;
  store = openFixture(made.folder, { monotonic: () => time });
  nats = open('dev', 'nats');
});

afterEach(() => {
  store.close();
  remove();
});

function open(env: string, source: string): StreamRecord {
  return store.writer.openStream({ env, source, name: 'S', createdAt: 1 }, 1);
}

function forget(slug: string, seq: number, receivedAt: number): void {
  const forgets = [{ slug, id: journalId(nats.incarnation, seq), receivedAt }];
  store.writer.checkpoint(makeCheckpoint('dev', 0, { forgets }));
}

function redactAll(): void {
  for (let left = 1; left > 0;) left = store.writer.redact(100);
}

const seqsWithBody = (env: string): number[] =>
  store.reader
    .replay(env, 0, 10_000)
    .flatMap(({ rows }) => rows.flatMap(({ id, body }) => (body === null ? [] : [id % 2 ** 40])));

describe('Writer.redact', () => {
  it('empties the bodies up to the opt-out and keeps those of a new opt-in, of others and the rows', () => {
    store.writer.commit(
      makeBatch(nats, [
        { seq: 1, key: 'gone' },
        { seq: 2, key: 'stays' },
        { seq: 3, key: 'gone' },
        { seq: 4, key: 'gone' },
      ]),
    );
    forget('gone', 3, 5_000_000);
    redactAll();
    expect(seqsWithBody('dev')).toEqual([2, 4]);
    expect(store.reader.figures().journalRows).toBe(4);
  });

  it('judges other streams of the environment by the time of receipt', () => {
    const http = open('dev', 'http');
    store.writer.commit(
      makeBatch(http, [
        { seq: 1, key: 'gone', at: 100 },
        { seq: 2, key: 'gone', at: 900 },
      ]),
    );
    forget('gone', 3, 500);
    redactAll();
    expect(seqsWithBody('dev')).toEqual([2]);
  });

  it('touches no other environment', () => {
    const prod = open('prod', 'nats');
    store.writer.commit(makeBatch(prod, [{ seq: 1, key: 'gone' }]));
    store.writer.commit(makeBatch(prod, [], { rejects: [makeReject(2, '{"slug":"gone",')] }));
    forget('gone', 3, 5_000_000);
    redactAll();
    expect(seqsWithBody('prod')).toEqual([1]);
    expect(store.reader.rejects('prod', ALL_REJECTS, 10, null).items[0]?.payload).toContain('gone');
  });

  it('empties rejects in which the slug stands as a whole text, and the audit entries about it', () => {
    store.writer.commit(
      makeBatch(nats, [], {
        rejects: [makeReject(1, '{"slug":"gone","x"'), makeReject(2, '{"slug":"gone-not","x"')],
      }),
    );
    store.writer.audit({ actor: 'a', action: 'restart', target: 'portfolio:gone', result: 'gone ok' }, 1);
    store.writer.audit({ actor: 'a', action: 'restart', target: 'portfolio:gone-not', result: 'ok' }, 2);
    forget('gone', 3, 5_000_000);
    redactAll();
    const rejects = store.reader.rejects('dev', ALL_REJECTS, 10, null).items;
    expect(rejects.map(({ payload }) => payload)).toEqual(['{"slug":"gone-not","x"', '[redacted]']);
    expect(store.reader.audit(10, null).items.map(({ target, result }) => [target, result])).toEqual([
      ['portfolio:gone-not', 'ok'],
      ['portfolio:****', '**** ok'],
    ]);
  });

  it.each([
    ['JSON escapes', String.raw`{"slug":"\u0065scaper\u002Done","holdings":5}`],
    ['escapes in broken JSON', String.raw`{"slug":"\u0065scaper-one" broken`],
    ['JSON inside a JSON string', String.raw`"{\"slug\":\"\\u0065scaper-one\"}"`],
    ['capitals', '{"slug":"Escaper-ONE","holdings":[]}'],
    ['a body cut off behind it', '{"holdings":[],"slug":"escaper-one'],
    ['bytes that are not UTF-8', Buffer.from('{"x":"\xff","slug":"\\u0065scaper-one","y":"\xe4', 'latin1')],
    ['UTF-16', Buffer.from('{"slug":"escaper-one"}', 'utf16le')],
  ])('empties rejects that spell the slug with %s', (_spelling, body) => {
    const bytes = Buffer.from(body);
    const others = [makeReject(2, '{"slug":"escaper-one-two"'), makeReject(3, '{"slug":"an escaper-one"')];
    const spelled = { ...makeReject(1), body: bytes, bytes: bytes.length };
    store.writer.commit(makeBatch(nats, [], { rejects: [spelled, ...others] }));
    forget('escaper-one', 4, 5_000_000);
    redactAll();
    const payloads = store.reader.rejects('dev', ALL_REJECTS, 10, null).items.map(({ payload }) => payload);
    expect(payloads).toEqual(['{"slug":"an escaper-one"', '{"slug":"escaper-one-two"', '[redacted]']);
    const { folder } = store;
    store.close();
    expect(standsInFiles(folder, bytes)).toEqual([]);
    store = openFixture(folder);
  });

  it('stars what the reason of an emptied reject quotes of its payload, and the slug', () => {
    const reason = String.raw`the body is not JSON: Unexpected token 'b', ..."aper\u002done" broken" is not valid JSON`;
    const body = Buffer.from(String.raw`{"slug":"\u0065scaper\u002done" broken`);
    const path = { ...makeReject(2), reason: '/escaper-one, /Escaper-One is missing' };
    store.writer.commit(makeBatch(nats, [], { rejects: [{ ...makeReject(1), body, reason }, path] }));
    forget('escaper-one', 4, 5_000_000);
    redactAll();
    const reasons = store.reader.rejects('dev', ALL_REJECTS, 10, null).items.map((reject) => reject.reason);
    expect(reasons).toEqual([
      '/***********, /*********** is missing',
      `the body is not JSON: Unexpected token 'b', ...${'*'.repeat(23)} is not valid JSON`,
    ]);
  });

  it('stars the slug in the names of unknown subjects in capitals, too', () => {
    const others = [{ subject: 'portfolio.renamed.Gone', count: 3 }];
    store.writer.commit(makeBatch(nats, [], { others, lastSeq: 6 }));
    const shown = [{ subject: 'portfolio.renamed.****', count: 3 }];
    forget('gone', 7, 5_000_000);
    expect(store.reader.unknownSubjects('dev', 10)).toEqual(shown);
    redactAll();
    expect(store.reader.unknownSubjects('dev', 10)).toEqual(shown);
  });

  it('stars the slug in the names of unknown subjects, which go on counting', () => {
    const others = [
      { subject: 'portfolio.renamed.gone', count: 3 },
      { subject: 'portfolio.renamed.lost', count: 2 },
      { subject: 'portfolio.renamed.gone-not', count: 1 },
    ];
    store.writer.commit(makeBatch(nats, [], { others, lastSeq: 6 }));
    const shown = [
      { subject: 'portfolio.renamed.****', count: 5 },
      { subject: 'portfolio.renamed.gone-not', count: 1 },
    ];
    forget('gone', 3, 5_000_000);
    forget('lost', 4, 5_000_000);
    redactAll();
    expect(store.reader.unknownSubjects('dev', 10)).toEqual(shown);
    const { folder } = store;
    store.close();
    expect(standsInFiles(folder, 'renamed.lost')).toEqual([]);
    store = openFixture(folder);
  });

  it('is not waited for by answers: they name what is to be redacted no more', () => {
    const others = [{ subject: 'portfolio.renamed.gone', count: 3 }];
    store.writer.commit(makeBatch(nats, [], { others, lastSeq: 6 }));
    store.writer.audit({ actor: 'a', action: 'restart', target: 'portfolio:gone', result: 'gone ok' }, 1);
    forget('gone', 3, 5_000_000);
    expect(store.reader.unknownSubjects('dev', 10)).toEqual([
      { subject: 'portfolio.renamed.****', count: 3 },
    ]);
    expect(store.reader.audit(10, null).items).toMatchObject([
      { target: 'portfolio:****', result: '**** ok' },
    ]);
  });

  it('says how much is left, and goes on where it stopped, after a restart too', () => {
    const events = Array.from({ length: 30 }, (_, index) => ({ seq: index + 1, key: 'gone' }));
    store.writer.commit(makeBatch(nats, events));
    forget('gone', 30, 5_000_000);
    expect(store.writer.redact(8)).toBe(11);
    expect(seqsWithBody('dev')).toHaveLength(10);
    const { folder } = store;
    store.close();
    store = openFixture(folder);
    redactAll();
    expect(seqsWithBody('dev')).toEqual([]);
    expect(store.writer.redact(8)).toBe(0);
  });

  it('ends a slice when its time is over', () => {
    const events = Array.from({ length: 100 }, (_, index) => ({ seq: index + 1, key: 'gone' }));
    store.writer.commit(makeBatch(nats, events));
    forget('gone', 100, 5_000_000);
    const { folder } = store;
    store.close();
    store = openFixture(folder, { monotonic: () => (time += 11) });
    store.writer.redact(1_000);
    expect(seqsWithBody('dev')).toHaveLength(60);
  });

  it('deletes the minutes of a forgotten portfolio, not those of its new opt-in', () => {
    const minute = (at: number) => ({ slug: 'gone', minute: at, value: 1, cost: 1 });
    const portfolios = [{ slug: 'gone', optedInAt: 1, updatedAt: 1, holdings: [] }];
    store.writer.checkpoint(makeCheckpoint('dev', 0, { portfolios, values: [minute(60_000)] }));
    forget('gone', 3, 5_000_000);
    store.writer.checkpoint(makeCheckpoint('dev', 0, { portfolios, values: [minute(120_000)] }));
    redactAll();
    expect(store.reader.portfolioHistory('dev', 'gone', 0, 1e9, 'USD').map(({ at }) => at)).toEqual([
      '1970-01-01T00:02:00.000Z',
    ]);
  });
});
