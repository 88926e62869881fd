import { describe, expect, it } from 'vitest';
import { invoiceTimesRefusal } from './invoice-times.ts';

const EVENT_AT = Date.UTC(2026, 10, 21, 12);
const refusal = (times: object) =>
  invoiceTimesRefusal({ number: 'A-1', company: 'Ada Ltd', ...times }, EVENT_AT);

describe('the times of a new invoice', () => {
  it.each([
    {},
    { issued_at: '1970-01-01T00:00:00Z' },
    { occurred_at: '1970-01-01T00:00:00Z' },
    { issued_at: '2027-11-22T12:00:00Z' },
    { due_at: '2036-11-21T12:00:00Z' },
    { issued_at: '2026-01-01T00:00:00Z', occurred_at: '0001-01-01T00:00:00Z' },
  ])('may be %j', (times) => {
    expect(refusal(times)).toBeNull();
  });

  it.each([
    ['/issued_at', { issued_at: '9999-12-31T00:00:00Z' }, '366 days after'],
    ['/issued_at', { issued_at: '2027-11-22T12:00:00.001Z' }, '2027-11-22T12:00:00.000Z'],
    ['/issued_at', { issued_at: '1969-12-31T23:59:59.999Z' }, '1970-01-01'],
    ['/occurred_at', { occurred_at: '0001-01-01T00:00:00Z' }, '1970-01-01'],
    ['/due_at', { due_at: '2036-11-21T12:00:00.001Z' }, '10 years after'],
    ['/due_at', { due_at: '0001-01-01T00:00:00Z' }, '1970-01-01'],
  ])('are refused at %s for %j', (field, times, words) => {
    const reason = refusal(times);
    expect(reason?.startsWith(`${field} "`)).toBe(true);
    expect(reason).toContain(words);
  });
});
