import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../../src-contract/event-kinds.ts';
import { storedEvents } from './stored-events.ts';

const row = (id: number, body: string | null) => ({
  id,
  kind: EVENT_KINDS['stock.price_updated'],
  occurredAt: 1000 + id,
  receivedAt: 2000 + id,
  body: body === null ? null : Buffer.from(body),
});

describe('stored events', () => {
  it('are read back as they were committed, symbols in their stored form', () => {
    const [event] = storedEvents({
      batch: 1,
      source: 'nats',
      rows: [row(7, '{"symbol":" aapl","price":1}')],
    });
    expect(event).toEqual({
      id: 7,
      kind: EVENT_KINDS['stock.price_updated'],
      source: 'nats',
      occurredAt: 1007,
      receivedAt: 2007,
      body: { symbol: 'AAPL', price: 1 },
    });
  });

  it('are read with symbols that are not taken any more', () => {
    const rows = [row(1, '{"symbol":"..","price":1}')];
    expect(storedEvents({ batch: 1, source: 'nats', rows })[0]?.body).toEqual({ symbol: '..', price: 1 });
  });

  it('keep the time of what was redacted, and leave out what does not pass its checks any more', () => {
    const rows = [row(1, null), row(2, '{"symbol":"AAPL"}'), row(3, '{"symbol":"AAPL","price":1}')];
    const events = storedEvents({ batch: 1, source: 'nats', rows });
    expect(events.map(({ id, occurredAt, body }) => [id, occurredAt, body])).toEqual([
      [1, 1001, null],
      [3, 1003, { symbol: 'AAPL', price: 1 }],
    ]);
  });

  it('tell of an invoice that does not pass its checks any more that it was there', () => {
    const invoices = [{ ...row(1, '{"total":5}'), kind: EVENT_KINDS['invoice.issued'] }];
    expect(storedEvents({ batch: 1, source: 'nats', rows: invoices })).toMatchObject([{ id: 1, body: null }]);
  });
});
