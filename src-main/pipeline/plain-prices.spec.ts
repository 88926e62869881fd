import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_BODIES } from '../../src-contract/event-bodies.ts';
import { checkEvent } from './check-event.ts';
import { decodeBody } from './decode-body.ts';
import { FAMILY_RULES, type FamilyRule } from './event-families.ts';
import { PlainPrices } from './plain-prices.ts';

const SYMBOLS = ['AAPL', 'BRK.B', '^GSPC', 'EURUSD=X', 'SAP@XETR', '0'];

function knowing(symbols: readonly string[]): PlainPrices {
  const prices = new PlainPrices();
  for (const symbol of symbols) prices.learn(symbol);
  return prices;
}

function read(prices: PlainPrices, text: string): object | null {
  const bytes = Buffer.from(text);
  return prices.read(bytes, 0, bytes.length);
}

function priceRule(): FamilyRule {
  const rule = FAMILY_RULES.get('stock.price_updated');
  if (rule === undefined) throw new Error('no rule for prices');
  return rule;
}

/** What text, JSON and schema make of a body: the object, or null when they refuse it. */
function closerLook(bytes: Buffer, start: number, end: number): object | null {
  const body = decodeBody(bytes, start, end);
  return priceRule().check(body) === null ? body : null;
}

const symbol = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...SYMBOLS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);
const digits = fc.array(fc.nat(9), { maxLength: 19 }).map((values) => values.join(''));
const number = fc.oneof(
  fc.double().map((value) => JSON.stringify(value)),
  fc.integer({ min: -2e9, max: 2e9 }).map(String),
  fc
    .tuple(fc.integer({ min: -1e6, max: 1e9 }), fc.nat(9))
    .map(([value, shift]) => String(value / 10 ** shift)),
  fc
    .tuple(
      fc.constantFrom('', '-', '+', '--'),
      digits,
      fc.constantFrom('', '.', '..', 'e', 'E-', ','),
      digits,
    )
    .map((parts) => parts.join('')),
);
const tail = fc.oneof(
  { weight: 4, arbitrary: number.map((percent) => `,"change_percent":${percent}}`) },
  { weight: 3, arbitrary: fc.constant('}') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '} ',
      '}}',
      '',
      ',"currency":"USD"}',
      ',"change_percent":1,"price":2}',
      ',"x":1}',
    ),
  },
);
const usual = fc
  .tuple(symbol, number, tail)
  .map(([name, price, rest]) => Buffer.from(`{"symbol":${JSON.stringify(name)},"price":${price}${rest}`));
/** A usual body with a few bytes set, taken out or put in. */
const damaged = fc
  .tuple(usual, fc.array(fc.tuple(fc.nat(120), fc.nat(2), fc.nat(255)), { maxLength: 3 }))
  .map(([body, damages]) => {
    const bytes = [...body];
    for (const [at, removed, put] of damages) bytes.splice(at % (bytes.length + 1), removed, put);
    return Buffer.from(bytes);
  });
const body = fc.oneof(
  { weight: 5, arbitrary: usual },
  { weight: 3, arbitrary: damaged },
  {
    weight: 1,
    arbitrary: fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.json()).map((raw) => Buffer.from(raw)),
  },
);

describe('a price in its usual form', () => {
  it('is read from its bytes, with a change in percent and without', () => {
    const prices = knowing(['AAPL']);
    expect(read(prices, '{"symbol":"AAPL","price":150.25,"change_percent":-0.5}')).toEqual({
      symbol: 'AAPL',
      price: 150.25,
      change_percent: -0.5,
    });
    expect(read(prices, '{"symbol":"AAPL","price":7}')).toEqual({ symbol: 'AAPL', price: 7 });
  });

  it.each(['129.14999999999998', '0.30000000000000004', '12345678.123456789012345'])(
    'is read with more digits than are exact: %s',
    (text) => {
      const body = `{"symbol":"AAPL","price":${text},"change_percent":-${text}}`;
      const percent = -Number(text);
      const expected =
        Number(text) <= 1e6 ? { symbol: 'AAPL', price: -percent, change_percent: percent } : null;
      expect(read(knowing(['AAPL']), body)).toEqual(expected);
    },
  );

  it('needs a closer look before its symbol is known, and afterwards no more', () => {
    const prices = knowing([]);
    const text = '{"symbol":"SAP@XETR","price":150.25}';
    expect(read(prices, text)).toBeNull();
    prices.learn('SAP@XETR');
    expect(read(prices, text)).not.toBeNull();
  });

  it('is found whichever of very many symbols it is about, or takes a closer look', () => {
    const names = Array.from({ length: 40_000 }, (_, index) => `S${index}`);
    const prices = knowing(names);
    const found = names.filter((name) => {
      const price = read(prices, `{"symbol":"${name}","price":1}`);
      if (price !== null) expect(price).toEqual({ symbol: name, price: 1 });
      return price !== null;
    });
    expect(found.length).toBeGreaterThan(5_000);
    expect(found.length).toBeLessThanOrEqual(16_384);
  });
});

describe('a price that is unusual', () => {
  it.each([
    ['has blanks', '{"symbol": "AAPL","price":1}'],
    ['has escapes', '{"symbol":"\\u0041APL","price":1}'],
    ['has an exponent', '{"symbol":"AAPL","price":1e2}'],
    ['has a leading zero', '{"symbol":"AAPL","price":01}'],
    ['has more digits than any double needs', '{"symbol":"AAPL","price":1.00000000000000000000001}'],
    ['states its time', '{"symbol":"AAPL","price":1,"occurred_at":"2026-11-21T10:00:00Z"}'],
    ['has another order', '{"price":1,"symbol":"AAPL"}'],
    ['is zero', '{"symbol":"AAPL","price":0}'],
    ['is above the limit', '{"symbol":"AAPL","price":1000000001}'],
    ['changes by more than the limit', '{"symbol":"AAPL","price":1,"change_percent":-1000001}'],
    ['goes on behind its end', '{"symbol":"AAPL","price":1}}'],
    ['ends early', '{"symbol":"AAPL","price":1'],
  ])('takes a closer look when it %s', (_what, text) => {
    expect(read(knowing(['AAPL']), text)).toBeNull();
  });

  it('has the limits of its schema', () => {
    const { price, change_percent: percent } = EVENT_BODIES['stock.price_updated'].properties;
    expect(price).toMatchObject({ exclusiveMinimum: 0, maximum: 1e9 });
    expect(percent).toMatchObject({ minimum: -1e6, maximum: 1e6 });
  });
});

describe('any bytes', () => {
  it('that are read are what text, JSON and schema make of them', () => {
    const prices = knowing(SYMBOLS);
    let count = 0;
    fc.assert(
      fc.property(
        body,
        fc.uint8Array({ maxLength: 4 }),
        fc.uint8Array({ maxLength: 4 }),
        (bytes, before, behind) => {
          const all = Buffer.concat([before, bytes, behind]);
          const [start, end] = [before.length, before.length + bytes.length];
          const price = prices.read(all, start, end);
          if (price === null) return;
          count += 1;
          expect({ ...price }).toStrictEqual(closerLook(all, start, end));
        },
      ),
      { numRuns: 3000 },
    );
    expect(count).toBeGreaterThan(100);
  });

  it('are accepted or refused alike the first time and the second, when their symbol is known', () => {
    const rule = priceRule();
    fc.assert(
      fc.property(body, fc.integer({ min: -1, max: 1_000_000 }), (bytes, publishedAt) => {
        const check = () => checkEvent(rule, bytes, 0, bytes.length, publishedAt, 0, () => 'USD');
        expect(structuredClone(check())).toStrictEqual(structuredClone(check()));
      }),
      { numRuns: 1000 },
    );
  });

  it('of a number make the double that JSON makes of it', () => {
    const prices = knowing(['AAPL']);
    const short = fc.tuple(fc.bigInt(1n, 999_999_999_999_999n), fc.nat(15)).map(([value, decimals]) => {
      const text = String(value).padStart(decimals + 1, '0');
      return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
    });
    fc.assert(
      fc.property(short, (text) => {
        const price = read(prices, `{"symbol":"AAPL","price":${text}}`);
        if (price !== null) expect({ ...price }).toStrictEqual({ symbol: 'AAPL', price: Number(text) });
        else expect(text.length > 15 || Number(text) > 1e9).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
