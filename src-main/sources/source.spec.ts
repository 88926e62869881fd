import { describe, expect, it } from 'vitest';
import { toSource } from './source.ts';

const AT = Date.UTC(2026, 10, 21, 14, 2, 11);

describe('toSource', () => {
  it('says since when a source is unreachable and when it is tried again', () => {
    const status = { state: 'unreachable', since: AT, retryAt: AT + 3_000, detail: 'refused' } as const;
    expect(toSource('nats', 'NATS', status)).toEqual({
      id: 'nats',
      title: 'NATS',
      state: 'unreachable',
      since: '2026-11-21T14:02:11.000Z',
      retry_at: '2026-11-21T14:02:14.000Z',
      detail: 'refused',
      delivery: null,
    });
  });

  it('leaves the time of the next attempt out while an attempt is under way', () => {
    const status = { state: 'unreachable', since: AT, retryAt: null, detail: 'refused' } as const;
    expect(toSource('nats', 'NATS', status).retry_at).toBeNull();
  });

  it('carries the delivery of a live source', () => {
    const status = { state: 'live', since: AT, detail: 'stream A', delivery: 'exactly once' } as const;
    expect(toSource('nats', 'NATS', status)).toMatchObject({ state: 'live', delivery: 'exactly once' });
  });

  it('has no times for a source that is off', () => {
    const source = toSource('nats', 'NATS', { state: 'off', detail: '' });
    expect([source.since, source.retry_at]).toEqual([null, null]);
  });
});
