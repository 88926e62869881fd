import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newestFirst, EventTail } from './event-tail.svelte.ts';
import { fakeTailEvent } from './fake-analytics.ts';
import { fakeApp } from './fake-app.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the newest events', () => {
  it('are in the order of receipt, those of one moment by their place in the journal and their part', () => {
    const at = '2026-11-21T10:00:00.000Z';
    const later = '2026-11-21T10:00:01.000Z';
    const events = [
      fakeTailEvent(9, { received_at: at }),
      fakeTailEvent(10, { id: '10.2', received_at: at }),
      fakeTailEvent(1, { received_at: later }),
      fakeTailEvent(10, { id: '10.11', received_at: at }),
    ];
    expect(newestFirst(events).map(({ id }) => id)).toEqual(['1', '10.11', '10.2', '9']);
  });
});

describe('the text of a tail', () => {
  it('filters after a pause, without the blanks around it', () => {
    const { app } = fakeApp();
    const tail = new EventTail(app.feed, 'analytics');
    const whole = tail.store;
    tail.text = ' purch';
    tail.text = ' purchase ';
    expect(tail.isFiltered).toBe(false);
    expect(tail.store).toBe(whole);
    vi.advanceTimersByTime(200);
    expect(tail.isFiltered).toBe(true);
    expect(tail.text).toBe(' purchase ');
    expect(tail.store).toBe(app.feed('eventTail', { family: 'analytics', q: 'purchase' }));
  });

  it('is forgotten when the tail stops before the pause is over', () => {
    const { app } = fakeApp();
    const tail = new EventTail(app.feed, 'analytics');
    tail.text = 'purchase';
    tail.stop();
    vi.advanceTimersByTime(1000);
    expect(tail.isFiltered).toBe(false);
  });
});
