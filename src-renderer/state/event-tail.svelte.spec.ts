import { flushSync } from 'svelte';
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
  /** A tail that somebody looks at, so that its feeds are open. */
  const watch = () => {
    const { client, app } = fakeApp();
    const tail = new EventTail(app.feed, 'analytics');
    let ids: string[] = [];
    const stop = $effect.root(() => {
      $effect(() => {
        ids = tail.events.map(({ id }) => id);
      });
    });
    flushSync();
    const push = (...ids: number[]) => {
      client.push(
        'eventTail',
        { env: 'demo', seen: 9 },
        ids.map((id) => fakeTailEvent(id)),
      );
      flushSync();
    };
    return { tail, app, push, stop, ids: () => ids };
  };

  it('filters after a pause, without the blanks around it', () => {
    const { tail, app, stop, push } = watch();
    const whole = tail.store;
    tail.text = ' purch';
    tail.text = ' purchase ';
    expect(tail.store).toBe(whole);
    vi.advanceTimersByTime(200);
    flushSync();
    expect(tail.text).toBe(' purchase ');
    expect(tail.store).toBe(app.feed('eventTail', { family: 'analytics', q: 'purchase' }));
    push(1);
    expect(tail.isFiltered).toBe(true);
    stop();
  });

  it('leaves the list as it is until the one of the new text is there', () => {
    const { tail, push, stop, ids } = watch();
    push(2, 1);
    const { scope } = tail;
    tail.text = 'purchase';
    vi.advanceTimersByTime(200);
    flushSync();
    expect([ids(), tail.scope, tail.isFiltered]).toEqual([['2', '1'], scope, false]);
    push(1);
    expect([ids(), tail.isFiltered]).toEqual([['1'], true]);
    expect(tail.scope).not.toBe(scope);
    stop();
  });

  it('is forgotten when the tail stops before the pause is over', () => {
    const { tail, push, stop } = watch();
    tail.text = 'purchase';
    tail.stop();
    vi.advanceTimersByTime(1000);
    push(1);
    expect(tail.isFiltered).toBe(false);
    stop();
  });
});
