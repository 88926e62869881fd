import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_BODY_DEPTH, MAX_HOLDINGS, MAX_PORTFOLIO_BODY_BYTES } from '../../src-contract/event-bodies.ts';
import { checkEvent } from './check-event.ts';
import { FAMILY_RULES, type FamilyRule } from './event-families.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const PUBLISHED = NOW - 1000;

function rule(family: string): FamilyRule {
  const found = FAMILY_RULES.get(family);
  if (found === undefined) throw new Error(`no rule for ${family}`);
  return found;
}

function check(family: string, body: string | Buffer | object, baseCurrency = 'USD') {
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return checkEvent(rule(family), bytes, 0, bytes.length, PUBLISHED, NOW, () => baseCurrency);
}

function reasonOf(family: string, body: string | Buffer | object): string {
  const checked = check(family, body);
  return checked.ok ? 'accepted' : checked.reason;
}

const holding = { symbol: 'AAPL', quantity: 1, avg_price: 2 };

describe('an event', () => {
  it('is accepted with its time of publication when its body states none', () => {
    expect(check('stock.price_updated', { symbol: 'AAPL', price: 1.5 })).toEqual({
      ok: true,
      body: { symbol: 'AAPL', price: 1.5 },
      key: null,
      occurredAt: PUBLISHED,
    });
  });

  it('keeps the time its body states', () => {
    const checked = check('stock.price_updated', {
      symbol: 'AAPL',
      price: 1,
      occurred_at: '2026-11-21T10:00:00.000Z',
    });
    expect(checked).toMatchObject({ ok: true, occurredAt: Date.UTC(2026, 10, 21, 10) });
  });

  it('has its symbols trimmed and upper-cased', () => {
    const checked = check('portfolio.opted_in', { slug: 'a', holdings: [{ ...holding, symbol: ' brk.b ' }] });
    expect(checked).toMatchObject({ ok: true, key: 'a', body: { holdings: [{ symbol: 'BRK.B' }] } });
  });

  it('tolerates fields the app does not know', () => {
    expect(check('activity.recorded', { user: 'u', type: 't', extra: { deep: [1] } }).ok).toBe(true);
  });
});

describe('an invoice', () => {
  const invoice = { number: 'A-1', company: 'Ada Ltd', net: '10.5' };

  it('whose figures agree is accepted with the body as it came', () => {
    const body = { ...invoice, vat_percent: 15, vat: 1.58, gross: '12.08' };
    expect(check('invoice.issued', body)).toMatchObject({ ok: true, body });
  });

  it('is refused for a wrong figure, with the field and what is accepted', () => {
    expect(reasonOf('invoice.issued', { ...invoice, gross: 12.07 })).toContain(
      '/gross 12.07 is not net + VAT',
    );
    expect(reasonOf('invoice.issued', { ...invoice, due_at: '2026-02-30T00:00:00Z' })).toContain('/due_at');
  });

  it.each([
    ['/net', { ...invoice, net: '1e3' }],
    ['/net', { ...invoice, net: '1,00' }],
    ['/gross', { ...invoice, gross: '12345678901234' }],
    ['/vat_percent', { ...invoice, vat_percent: true }],
    ['/lines/0/quantity', { ...invoice, lines: [{ description: 'x', quantity: '1 000', unit_price: 1 }] }],
  ])('is refused for a %s that is no decimal, with what is one', (field, body) => {
    expect(reasonOf('invoice.issued', body)).toBe(
      `${field} must be an exact decimal such as 1234.56: at most 13 digits before the point and 6 behind it, without separators or an exponent`,
    );
  });

  it('is refused for a time far from that of its publication, and was readable when it was stored', () => {
    const late = { ...invoice, issued_at: '9999-12-31T00:00:00Z' };
    expect(reasonOf('invoice.issued', late)).toContain('/issued_at "9999-12-31T00:00:00Z" is out of range');
    expect(rule('invoice.issued').checkStored(late)).toBeNull();
  });

  it('that names no currency is checked in the base currency', () => {
    expect(check('invoice.issued', invoice, 'EUR').ok).toBe(true);
    expect(check('invoice.issued', invoice, 'JPY')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('/net 10.5 is no amount of JPY'),
    });
  });
});

describe('a malformed event is refused with words that name what was wrong:', () => {
  const deep = `{"slug":"a","holdings":[],"x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
  const tooMany = { slug: 'a', holdings: Array.from({ length: MAX_HOLDINGS + 1 }, () => holding) };
  const cases: [string, string, string | Buffer | object, string][] = [
    ['no JSON', 'portfolio.updated', '{bad', 'is not JSON'],
    ['an empty body', 'portfolio.updated', '', 'empty'],
    ['an array', 'portfolio.updated', '[]', 'not a JSON object'],
    ['null', 'portfolio.updated', 'null', 'not a JSON object'],
    ['bytes that are not UTF-8', 'portfolio.updated', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'not UTF-8'],
    ['a missing field', 'portfolio.opted_in', { slug: 'a' }, '/holdings is missing'],
    ['a wrong type', 'stock.price_updated', { symbol: 'A', price: '1' }, '/price must be number'],
    [
      'a negative quantity',
      'portfolio.opted_in',
      { slug: 'a', holdings: [holding, { ...holding, quantity: -1 }] },
      '/holdings/1/quantity must be >= 0',
    ],
    [
      'a slug with blanks',
      'portfolio.opted_out',
      { slug: 'a b' },
      '/slug must be text such as growth-one (Slug: 1 to 64 of',
    ],
    [
      'a symbol out of the grammar',
      'stock.price_updated',
      { symbol: '<b>', price: 1 },
      '/symbol "<b>" is not a symbol',
    ],
    [
      'a symbol that names nothing',
      'stock.price_updated',
      { symbol: '..', price: 1 },
      '/symbol ".." is not a symbol: 1 to 15 of A-Z 0-9 . ^ = -, not dots alone',
    ],
    ['a price of zero', 'stock.price_updated', { symbol: 'A', price: 0 }, '/price must be > 0'],
    ['too many holdings', 'portfolio.updated', tooMany, '/holdings must not have more than 5000 items'],
    ['deep nesting', 'portfolio.opted_in', deep, `nested deeper than ${MAX_BODY_DEPTH}`],
    ['a __proto__ key', 'portfolio.opted_out', '{"slug":"a","__proto__":{}}', '__proto__'],
    [
      'an escaped __proto__ key',
      'portfolio.opted_out',
      '{"slug":"a","x":[{"\\u005f_proto__":1}]}',
      '__proto__',
    ],
    [
      'no time',
      'activity.recorded',
      { user: 'u', type: 't', occurred_at: 'yesterday' },
      '/occurred_at must be text such as 2026-11-21T09:30:00.000Z (ISO 8601 time)',
    ],
    [
      'no currency',
      'stock.price_updated',
      { symbol: 'A', price: 1, currency: 'euro' },
      '/currency must be text such as USD',
    ],
    [
      'a time that does not exist',
      'activity.recorded',
      { user: 'u', type: 't', occurred_at: '2026-13-41T25:00:00Z' },
      '/occurred_at',
    ],
    [
      'a time far in the future',
      'activity.recorded',
      { user: 'u', type: 't', occurred_at: new Date(NOW + 5 * 60_000 + 1).toISOString() },
      '5 minutes in the future',
    ],
    ['600 KiB', 'portfolio.opted_in', Buffer.alloc(600 * 1024, 32), `at most ${MAX_PORTFOLIO_BODY_BYTES}`],
  ];

  it.each(cases)('%s', (_name, family, body, words) => {
    expect(reasonOf(family, body)).toContain(words);
  });

  it('but text that merely mentions __proto__ or holds U+FFFD is accepted', () => {
    expect(reasonOf('activity.recorded', { user: '__proto__', type: '\ufffd' })).toBe('accepted');
  });

  it('and brackets in strings are no nesting', () => {
    expect(reasonOf('activity.recorded', { user: '["{'.repeat(80), type: 'quote \\" [' })).toBe('accepted');
  });
});

describe('any bytes', () => {
  it('are either accepted or refused with a reason, never a fault', () => {
    const families = fc.constantFrom(...FAMILY_RULES.keys());
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((raw) => Buffer.from(raw)),
      fc.json().map((text) => Buffer.from(text)),
      fc.object().map((value) => Buffer.from(JSON.stringify(value))),
    );
    fc.assert(
      fc.property(families, bytes, (family, body) => {
        const checked = check(family, body);
        expect(checked.ok || checked.reason.length > 5).toBe(true);
      }),
    );
  });
});
