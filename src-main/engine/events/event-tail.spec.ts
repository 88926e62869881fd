import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../../../src-contract/event-kinds.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import { EventTail } from './event-tail.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const ACTIVITY = EVENT_KINDS['activity.recorded'];
const ANALYTICS = EVENT_KINDS['analytics.event'];

function event(id: number, body: unknown, given: Partial<JournalEvent> = {}): JournalEvent {
  return { id, kind: ANALYTICS, source: 'http', occurredAt: NOON, receivedAt: NOON + 1, body, ...given };
}

function numbered(from: number, to: number): JournalEvent[] {
  return Array.from({ length: to - from + 1 }, (_, index) =>
    event(from + index, { type: `t${from + index}` }),
  );
}

describe('the tail of events', () => {
  it('shows the newest 200 of its family, the newest first, and counts all of them', () => {
    const tail = new EventTail(ANALYTICS);
    tail.add([event(1, { user: 'ann', type: 'x' }, { kind: ACTIVITY })]);
    tail.add(numbered(1, 700));
    tail.add(numbered(701, 1500));
    expect(tail.seen).toBe(1500);
    const ids = tail.newest(undefined).map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 200 }, (_, index) => `${1500 - index}`));
  });

  it('looks a text up in the newest 1,000 alone', () => {
    const tail = new EventTail(ANALYTICS);
    tail.add(numbered(1, 1001));
    expect(tail.newest('"t1"')).toEqual([]);
    expect(tail.newest('"t2"').map(({ type }) => type)).toEqual(['t2']);
  });

  it('finds a text in type, user and body, whatever its case', () => {
    const tail = new EventTail(ANALYTICS);
    tail.add([
      event(1, { type: 'Purchase', user_id: 'Ann', value: 3 }),
      event(2, { type: 'page_view', page: '/Pricing' }),
    ]);
    const found = (text: string) => tail.newest(text).map(({ id }) => id);
    expect([found('purchase'), found('ANN'), found('/pricing'), found('nobody')]).toEqual([
      ['1'],
      ['1'],
      ['2'],
      [],
    ]);
  });

  it('tells events of one message apart by their part, and shows what they say', () => {
    const tail = new EventTail(ANALYTICS);
    tail.add([
      event(7, { type: 'purchase', user_id: 'ann', value: 3 }, { part: 0 }),
      event(7, { type: 'page_view' }, { part: 1 }),
    ]);
    expect(tail.newest(undefined)).toEqual([
      {
        id: '7.1',
        source: 'http',
        type: 'page_view',
        user: null,
        value: null,
        occurred_at: '2026-11-21T12:00:00.000Z',
        received_at: '2026-11-21T12:00:00.001Z',
        body: { type: 'page_view' },
      },
      expect.objectContaining({ id: '7.0', user: 'ann', value: 3 }),
    ]);
  });

  it('cuts long bodies', () => {
    const tail = new EventTail(ANALYTICS);
    tail.add([event(1, { type: 'a', note: 'x'.repeat(60_000) })]);
    expect(tail.newest(undefined)[0]?.body).toMatch(/^\{"type":"a","note":"x{4000,}…$/);
  });
});
