import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeBatch, makeReject } from '../../../src-main/store/testing/batches.ts';
import { makeFolder, openFixture } from '../../../src-main/store/testing/store-fixture.ts';
import type { Fate, Traffic } from '../model/mixed-traffic.ts';
import { looking } from './stored-journal.ts';

let folder = '';
let remove: () => void;

beforeEach(() => ({ folder, remove } = makeFolder()));
afterEach(() => remove());

/** Three events and a reject behind them, as a stream that holds just this was published. */
function store(): void {
  const fixture = openFixture(folder);
  const stream = fixture.writer.openStream({ env: 'dev', source: 'nats', name: 'S', createdAt: 1 }, 1);
  const events = [1, 2, 3].map((seq) => ({ seq, body: { seq } }));
  fixture.writer.commit(makeBatch(stream, events, { rejects: [makeReject(4)] }));
  fixture.close();
}

function traffic(...messages: [fate: Fate, body: string][]): Traffic {
  return { messages: messages.map(([fate, body]) => ({ fate, subject: 'dev.s', body })), script: [] };
}

const PUBLISHED: [Fate, string][] = [
  ['event', '{"seq":1}'],
  ['event', '{"seq":2}'],
  ['event', '{"seq":3}'],
  ['reject', '{'],
];

const failing = (published: Traffic): string[] =>
  looking(folder, (journal) => journal.holdsJust('dev', published))
    .filter(({ holds }) => !holds)
    .map(({ what, figure }) => `${what}: ${figure}`);

describe('the look into the journal', () => {
  it('finds nothing wrong with what was stored as it was published', () => {
    store();
    expect(failing(traffic(...PUBLISHED))).toEqual([]);
  });

  it('misses an event that was published and is not there', () => {
    store();
    expect(failing(traffic(...PUBLISHED, ['event', '{"seq":5}']))).toEqual([
      'journal rows: 3 of 4',
      'stored offset equals the last sequence: 4 of 5',
      'events counted: 3 of 4',
      'messages stored once, as published: 1 wrong of 5: 5 is missing',
    ]);
  });

  it('notices an event that should have been a reject, and a body that is another one', () => {
    store();
    const published = traffic(['reject', '{"seq":1}'], ['event', '{"seq":7}'], ...PUBLISHED.slice(2));
    expect(failing(published).at(-1)).toBe(
      'messages stored once, as published: 2 wrong of 4: 1 is stored and should not be; 2 is stored as another body',
    );
  });

  it('counts the streams of other sources and environments apart', () => {
    store();
    looking(folder, (journal) => {
      expect(journal.incarnations('dev', 'demo')).toEqual([]);
      expect(journal.counts('prod')).toEqual({ rows: 0, rejects: 0 });
    });
  });
});
