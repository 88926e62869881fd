import fc from 'fast-check';
import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { PriceBody } from '../../../src-contract/event-bodies.ts';
import { enteringSymbol } from '../../../src-contract/instrument.ts';
import { MAX_ROWS, readQuotes } from './quote-list.ts';
import { StockApiError } from './stock-api-error.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const TIME = '2026-11-21T11:59:58Z';
const AS_OF = NOW - 2000;
const row = { symbol: 'AAPL', price: 150.25, timestamp: TIME };
const quote = { symbol: 'SAP', exchange: 'XETR', currency: 'EUR', last: 201.5, time: TIME };

const quotesOf = (answer: unknown) =>
  readQuotes(answer, NOW).map((read) => (read.ok ? read.quote : read.reason));
const reasonOf = (change: object) => quotesOf([{ ...row, ...change }])[0];

describe('an answer that is a list', () => {
  it('is read row by row', () => {
    const rows = [row, { ...row, symbol: 'MSFT', change_percent: -1.5 }];
    expect(quotesOf(rows)).toEqual([
      { symbol: 'AAPL', price: 150.25, changePercent: null, currency: null, asOf: AS_OF },
      { symbol: 'MSFT', price: 150.25, changePercent: -1.5, currency: null, asOf: AS_OF },
    ]);
    expect(quotesOf([])).toEqual([]);
  });

  it('becomes bodies of price events, dated by the provider', () => {
    const [read] = readQuotes([{ ...row, change_percent: 2 }], NOW);
    expect(read).toMatchObject({ ok: true });
    expect(read?.body).toEqual({
      symbol: 'AAPL',
      price: 150.25,
      change_percent: 2,
      occurred_at: '2026-11-21T11:59:58.000Z',
    });
  });

  it('may have more fields than are known, blanks and small letters', () => {
    expect(
      quotesOf([{ ...row, symbol: ' aapl ', volume: 7, nested: { bid: 1 }, change_percent: null }]),
    ).toEqual([{ symbol: 'AAPL', price: 150.25, changePercent: null, currency: null, asOf: AS_OF }]);
  });

  it.each([
    ['2026-11-21T12:59:58+01:00', AS_OF],
    ['2026-11-21T11:59:58.123456Z', AS_OF + 123],
    [AS_OF, AS_OF],
    ['2026-11-21T12:05:00Z', NOW + 300_000],
  ])('may say the time as ISO 8601 with any zone, or in milliseconds: %s', (timestamp, asOf) => {
    expect(quotesOf([{ ...row, timestamp }])[0]).toMatchObject({ asOf });
  });

  it.each([
    [{ symbol: '<script>' }, 'the symbol "<script>" is none'],
    [{ symbol: 'A'.repeat(40) }, 'is none'],
    [{ symbol: 5 }, 'the symbol 5 is none'],
    [{ symbol: undefined }, 'the symbol (missing) is none'],
    [{ price: '150' }, 'the price "150" is no number above 0'],
    [{ price: 0 }, 'the price 0 is'],
    [{ price: -1 }, 'the price -1 is'],
    [{ price: 2e9 }, 'the price 2000000000 is'],
    [{ price: null }, 'the price null is'],
    [{ timestamp: undefined }, 'the timestamp (missing) is neither'],
    [{ timestamp: 'yesterday' }, 'the timestamp "yesterday" is neither'],
    [{ timestamp: '2026-11-21T11:59:58' }, 'is neither'],
    [{ timestamp: '2026-02-31T99:00:00Z' }, 'is neither'],
    [{ timestamp: 1_795_262_398 }, 'is neither'],
    [{ timestamp: '2026-11-21T12:05:01Z' }, 'is more than 5 minutes in the future'],
    [{ change_percent: 'up' }, 'the change_percent "up" is no number'],
  ])('has bad rows rejected with what is wrong: %j', (change, reason) => {
    expect(reasonOf(change)).toContain(reason);
  });

  it('has good rows kept beside bad ones', () => {
    const read = quotesOf([null, row, 'AAPL', [row], { ...row, price: 'x' }]);
    expect(read.map((each) => typeof each)).toEqual(['string', 'object', 'string', 'string', 'string']);
    expect(read[0]).toBe('a row is not an object');
  });
});

describe('an answer with quotes of several exchanges', () => {
  it('is read as instruments with their exchange and currency', () => {
    expect(
      quotesOf({ quotes: [quote, { ...quote, exchange: ' xlon', currency: 'GBP', time: AS_OF }] }),
    ).toEqual([
      { symbol: 'SAP@XETR', price: 201.5, changePercent: null, currency: 'EUR', asOf: AS_OF },
      { symbol: 'SAP@XLON', price: 201.5, changePercent: null, currency: 'GBP', asOf: AS_OF },
    ]);
  });

  it('may name the price `price`, and leave the exchange and the currency out', () => {
    const plain = { symbol: 'AAPL', price: 150, time: TIME };
    expect(quotesOf({ quotes: [plain], market: 'open' })).toEqual([
      { symbol: 'AAPL', price: 150, changePercent: null, currency: null, asOf: AS_OF },
    ]);
  });

  it.each([
    [{ exchange: 'X-1' }, 'the symbol "SAP@X-1" is none'],
    [{ exchange: 7 }, 'is none'],
    [{ symbol: null }, 'is none'],
    [{ symbol: 'SAP@XLON' }, 'is none'],
    [{ currency: 'euro' }, 'the currency "euro" is no code'],
    [{ time: 'now' }, 'the time "now" is neither'],
  ])('has bad rows rejected with what is wrong: %j', (change, reason) => {
    expect(quotesOf({ quotes: [{ ...quote, ...change }] })[0]).toContain(reason);
  });
});

describe('readQuotes', () => {
  it.each([null, 5, 'prices', {}, { quotes: {} }, { error: 'no' }])(
    'refuses what has no such shape: %j',
    (answer) => {
      expect(() => readQuotes(answer, NOW)).toThrow(StockApiError);
      expect(() => readQuotes(answer, NOW)).toThrow('neither a list of prices nor {"quotes":[…]}');
    },
  );

  it('refuses more rows than it may have', () => {
    expect(() => readQuotes(Array(MAX_ROWS + 1).fill(row), NOW)).toThrow('has 20001 rows; at most 20000');
  });

  it('makes of any row either a body that the pipeline takes, or one that it rejects', () => {
    const value = fc.oneof(
      fc.constantFrom<unknown>('AAPL', 'SAP', 'XETR', 'EUR', TIME, AS_OF, 150.25, 0, -1, null, undefined),
      fc.jsonValue({ maxDepth: 1 }),
    );
    const anyRow = fc.oneof(
      fc.record({ symbol: value, price: value, timestamp: value, change_percent: value, occurred_at: value }),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const anyQuote = fc.record({
      symbol: value,
      exchange: value,
      currency: value,
      last: value,
      price: value,
      time: value,
    });
    fc.assert(
      fc.property(fc.array(anyRow), fc.array(anyQuote), (rows, quotes) => {
        for (const read of [...readQuotes(rows, NOW), ...readQuotes({ quotes }, NOW)]) {
          expect(isTaken(JSON.parse(JSON.stringify(read.body ?? null)))).toBe(read.ok);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** What the pipeline asks of a price's body. */
function isTaken(body: unknown): boolean {
  if (!Check(PriceBody, body) || enteringSymbol(body.symbol) === null) return false;
  const at = body.occurred_at === undefined ? NOW : Date.parse(body.occurred_at);
  return at <= NOW + 5 * 60_000;
}
