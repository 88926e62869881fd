import { describe, expect, it } from 'vitest';
import { PendingCheckpoint } from './pending-checkpoint.ts';

const portfolio = (slug: string, updatedAt: number) => ({ slug, optedInAt: 0, updatedAt, holdings: [] });
const value = (slug: string, minute: number, amount: number) => ({ slug, minute, value: amount, cost: 0 });
const opened = (id: number, slug: string | null) => ({ id, at: id, slug, change: 'opted_in' as const });
const entry = (id: number, slug: string) => ({
  ...opened(id, slug),
  slug,
  holdingCount: 0,
  added: [],
  removed: [],
});

describe('a pending checkpoint', () => {
  it('keeps the newest of each key', () => {
    const pending = new PendingCheckpoint();
    pending.portfolio(portfolio('anna', 1));
    pending.portfolio(portfolio('anna', 2));
    pending.value(value('anna', 60, 1));
    pending.value(value('anna', 60, 2));
    pending.value(value('anna', 120, 3));
    pending.community({ minute: 60, value: 1, cost: 0, portfolioCount: 1 });
    pending.community({ minute: 60, value: 2, cost: 0, portfolioCount: 1 });
    expect(pending.size).toBe(3);
    expect(pending.take('dev', 7)).toEqual({
      env: 'dev',
      batch: 7,
      forgets: [],
      portfolios: [portfolio('anna', 2)],
      quotes: [],
      values: [value('anna', 60, 2), value('anna', 120, 3)],
      community: [{ minute: 60, value: 2, cost: 0, portfolioCount: 1 }],
      timeline: [],
      communityEvents: [],
    });
  });

  it('forgets everything that waits under a slug, but not that it opted in and not what others did', () => {
    const pending = new PendingCheckpoint();
    for (const slug of ['anna', 'ben']) {
      pending.portfolio(portfolio(slug, 1));
      pending.value(value(slug, 60, 1));
      pending.timeline(entry(1, slug));
      pending.communityEvent(opened(1, slug));
    }
    pending.forget({ slug: 'anna', id: 9, receivedAt: 9 });
    expect(pending.take('dev', 1)).toMatchObject({
      forgets: [{ slug: 'anna', id: 9 }],
      portfolios: [portfolio('ben', 1)],
      values: [value('ben', 60, 1)],
      timeline: [entry(1, 'ben')],
      communityEvents: [opened(1, null), opened(1, 'ben')],
    });
  });

  it('keeps what a slug does after it was forgotten', () => {
    const pending = new PendingCheckpoint();
    pending.forget({ slug: 'anna', id: 1, receivedAt: 1 });
    pending.portfolio(portfolio('anna', 2));
    pending.communityEvent(opened(2, 'anna'));
    const checkpoint = pending.take('dev', 1);
    expect(checkpoint.portfolios).toHaveLength(1);
    expect(checkpoint.communityEvents).toEqual([opened(2, 'anna')]);
  });

  it('tells the same symbol of two sources apart', () => {
    const pending = new PendingCheckpoint();
    const quote = {
      symbol: 'A',
      currency: null,
      price: 1,
      changePercent: null,
      occurredAt: 1,
      day: 0,
      dayOpen: 1,
      dayOpenAt: 1,
    };
    pending.quote({ ...quote, source: 'nats' });
    pending.quote({ ...quote, source: 'demo' });
    expect(pending.take('dev', 1).quotes.map(({ source }) => source)).toEqual(['nats', 'demo']);
  });

  it('begins anew once it was taken, and leaves what was taken alone', () => {
    const pending = new PendingCheckpoint();
    pending.timeline(entry(1, 'anna'));
    const taken = pending.take('dev', 1);
    pending.timeline(entry(2, 'anna'));
    pending.forget({ slug: 'anna', id: 3, receivedAt: 3 });
    expect(taken.timeline).toEqual([entry(1, 'anna')]);
    expect(pending.take('dev', 2).timeline).toEqual([]);
    expect(pending.size).toBe(0);
  });
});
