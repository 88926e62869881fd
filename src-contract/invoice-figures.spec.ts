import fc from 'fast-check';
import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { InvoiceBody } from './event-bodies.ts';
import { invoiceFigures, type InvoiceFigures } from './invoice-figures.ts';
import { MAX_INVOICE_MINOR } from './invoice.ts';
import { fractionOf, roundedOnPaper } from './testing/on-paper.ts';

/** Currencies of 0, 2 and 3 decimals. */
const anyCurrency = fc.constantFrom(
  { currency: 'JPY', decimals: 0 },
  { currency: 'USD', decimals: 2 },
  { currency: 'EUR', decimals: 2 },
  { currency: 'KWD', decimals: 3 },
);

const decimalText = fc
  .tuple(
    fc.boolean(),
    fc.bigInt({ min: 0n, max: 10n ** 13n - 1n }),
    fc.stringMatching(/^(\.[0-9]{1,6})?$/, { maxLength: 7 }),
  )
  .map(([isNegative, whole, fraction]) => `${isNegative ? '-' : ''}${whole}${fraction}`);
/** Numbers that end in a half of some minor unit, where floating point goes wrong. */
const half = fc
  .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 4 }))
  .map(([digits, places]) => Number(`${digits}5e-${places}`));

/** Quantities and prices as events state them: ordinary and odd numbers, and exact text. */
const anyFactor: fc.Arbitrary<number | string> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -1e7, max: 1e7 }).map((units) => units / 1000) },
  { weight: 4, arbitrary: half },
  { weight: 2, arbitrary: half.map(String).filter((said) => !said.includes('e')) },
  { weight: 2, arbitrary: fc.double({ min: -1000, max: 1000, noNaN: true }) },
  { weight: 2, arbitrary: fc.integer({ min: -1000, max: 1000 }) },
  { weight: 1, arbitrary: decimalText },
);

const named = { number: 'A-1', company: 'Ada Ltd' };

function figures(fields: Partial<InvoiceBody>, baseCurrency = 'USD'): InvoiceFigures {
  const found = invoiceFigures({ ...named, ...fields }, baseCurrency);
  if (!found.ok) throw new Error(found.reason);
  return found;
}

function reason(fields: Partial<InvoiceBody>, baseCurrency = 'USD'): string {
  const found = invoiceFigures({ ...named, ...fields }, baseCurrency);
  return found.ok ? 'accepted' : found.reason;
}

const amounts = ({ net, vat, gross, vatBasisPoints }: InvoiceFigures) => [net, vat, gross, vatBasisPoints];
const line = (quantity: number | string, unitPrice: number | string) => ({
  description: 'Work',
  quantity,
  unit_price: unitPrice,
});
const percent = fc.integer({ min: 0, max: 10_000 }).map((basisPoints) => basisPoints / 100);
const isTooLarge = (minor: bigint) => minor > BigInt(MAX_INVOICE_MINOR) || minor < -BigInt(MAX_INVOICE_MINOR);

describe('the figures of an invoice', () => {
  it('are those on paper, whatever lines, rate and currency: or it says that they are too large', () => {
    const lines = fc.array(fc.tuple(anyFactor, anyFactor), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(lines, percent, anyCurrency, (said, rate, { currency, decimals }) => {
        const nets = said.map(([quantity, price]) => roundedOnPaper(quantity, price, decimals));
        const net = nets.reduce((sum, one) => sum + one, 0n);
        const vat = roundedOnPaper(net.toString(), (rate / 100).toFixed(4), 0);
        const body = { ...named, currency, vat_percent: rate, lines: said.map(([a, b]) => line(a, b)) };
        const found = invoiceFigures(body, 'CHF');
        if ([...nets, net, net + vat].some(isTooLarge) || said.flat().some(isOutOfRange)) {
          expect(found).toMatchObject({ ok: false, reason: expect.stringMatching(/at most/) });
          return;
        }
        expect(found).toMatchObject({
          ok: true,
          currency,
          net: Number(net),
          vat: Number(vat),
          gross: Number(net + vat),
          vatBasisPoints: Math.round(rate * 100),
          lines: nets.map((one) => ({ net: Number(one) })),
        });
      }),
      { numRuns: 3000 },
    );
  });

  it('are the same when they are stated once more, as numbers or as text', () => {
    const cents = fc.integer({ min: -1e9, max: 1e9 });
    fc.assert(
      fc.property(cents, percent, fc.boolean(), (minor, rate, asText) => {
        const say = (value: number) => (asText ? (value / 100).toFixed(2) : value / 100);
        const { net, vat, gross } = figures({ net: say(minor), vat_percent: rate });
        const again = figures({ net: say(net), vat: say(vat), gross: say(gross), vat_percent: String(rate) });
        expect([net, again.net, again.vat, again.gross]).toEqual([minor + 0, net, vat, gross]);
      }),
    );
  });

  it.each([
    ['1091.50', 15, 'USD', [109_150, 16_373, 125_523, 1500]],
    [1091.5, '15', 'USD', [109_150, 16_373, 125_523, 1500]],
    ['-1091.50', 15, 'USD', [-109_150, -16_373, -125_523, 1500]],
    ['0.10', 5, 'USD', [10, 1, 11, 500]],
    [-0.1, 5, 'USD', [-10, -1, -11, 500]],
    ['0.09', 5, 'USD', [9, 0, 9, 500]],
    [-0.09, 5, 'USD', [-9, 0, -9, 500]],
    [10, 15, 'JPY', [10, 2, 12, 1500]],
    ['0.100', '7.5', 'KWD', [100, 8, 108, 750]],
    [0, 15, 'USD', [0, 0, 0, 1500]],
    [100, 0, 'USD', [10_000, 0, 10_000, 0]],
    [100, 100, 'USD', [10_000, 10_000, 20_000, 10_000]],
    [4_000_000_000, 100, 'USD', [4e11, 4e11, 8e11, 10_000]],
  ])('round VAT of %s at %s %% in %s half away from zero, once', (net, rate, currency, expected) => {
    expect(amounts(figures({ net, vat_percent: rate, currency }))).toEqual(expected);
  });

  it.each([
    [1, '163.725', 'USD', 16_373],
    [1, 0.005, 'USD', 1],
    [1, -0.005, 'USD', -1],
    [-1, 0.005, 'USD', -1],
    [1, 0.0049, 'USD', 0],
    [1, -0.0049, 'USD', 0],
    [100, 1.005, 'USD', 10_050],
    [3, '0.335', 'USD', 101],
    [0.1, 0.2, 'USD', 2],
    ['0.5', 1, 'JPY', 1],
    [-1, 0.5, 'JPY', -1],
    [1, '0.0005', 'KWD', 1],
    ['0.000001', '999999999999.999999', 'USD', 100_000_000],
    [1e-7, 50_000, 'USD', 1],
  ])('make a line of %s × %s in %s %i minor units', (quantity, price, currency, net) => {
    expect(figures({ currency, lines: [line(quantity, price)] }).lines[0]?.net).toBe(net);
  });

  it('add up rounded lines, not what they would be unrounded', () => {
    expect(figures({ lines: [line(1, 0.005), line(1, 0.005)], vat_percent: 0 }).net).toBe(2);
  });

  it('keep quantities and prices as exact text', () => {
    const [first] = figures({ lines: [line(1e-7, '-012.50')] }).lines;
    expect(first).toMatchObject({ quantity: '0.0000001', unit_price: '-12.50' });
  });

  it('have 15 % VAT when none is stated, whatever the gross', () => {
    expect(amounts(figures({ net: 100, gross: 115 }))).toEqual([10_000, 1500, 11_500, 1500]);
    expect(reason({ net: 100, gross: 107 })).toBe('/gross 107.00 is not net + VAT, which is 115.00');
  });

  it('keep a VAT amount without a rate as it is, with the rate it comes to', () => {
    expect(amounts(figures({ net: '33333.33', vat: '5000.01' }))).toEqual([
      3_333_333, 500_001, 3_833_334, 1500,
    ]);
    expect(amounts(figures({ net: -30, vat: -1 }))).toEqual([-3000, -100, -3100, 333]);
    expect(amounts(figures({ net: 0, vat: 0 }))).toEqual([0, 0, 0, 0]);
  });

  it('are in the base currency when none is named, and count its decimals', () => {
    expect(figures({ net: 1.5 }, 'KWD')).toMatchObject({ currency: 'KWD', net: 1500 });
    expect(figures({ net: 1.5, currency: 'EUR' }, 'JPY')).toMatchObject({ currency: 'EUR', net: 150 });
    expect(figures({ net: 1 }, 'XTS').currency).toBe('XTS');
  });
});

/** As accepted: below 10^13, and at most 20 decimals. */
function isOutOfRange(stated: number | string): boolean {
  const { numerator, denominator } = fractionOf(stated);
  const size = numerator < 0n ? -numerator : numerator;
  return size >= 10n ** 13n * denominator || denominator > 10n ** 20n;
}

describe('a body that states no invoice is refused with words that name the field:', () => {
  const lines = [line(1, 2)];
  const cases: [string, Partial<InvoiceBody>, string][] = [
    ['neither lines nor net', { gross: 5 }, '/net is missing: lines, or a net amount, are accepted'],
    ['another net than its lines', { lines, net: 2.01 }, '/net 2.01 is not the sum of the lines, 2.00'],
    [
      'another VAT than its rate',
      { net: '1091.50', vat: '163.72', vat_percent: 15 },
      '/vat 163.72 is not 15 % of the net 1091.50, which is 163.73',
    ],
    ['VAT against its net', { net: 5, vat: -1 }, '/vat -1.00 is out of range: 0 to the net 5.00 is accepted'],
    ['more VAT than net', { net: 5, vat: 5.01 }, '/vat 5.01 is out of range'],
    ['VAT of nothing', { net: 0, vat: 0.01 }, '/vat 0.01 is out of range'],
    ['another gross', { net: 5, vat: 1, gross: 6.01 }, '/gross 6.01 is not net + VAT, which is 6.00'],
    ['a fraction of a cent', { net: '12.345' }, '/net 12.345 is no amount of USD: at most 2 decimals'],
    ['a fraction of a cent as VAT', { net: 1, vat: 0.155 }, '/vat 0.155 is no amount of USD'],
    ['a fraction of a cent as gross', { net: 1, gross: 1.1500001 }, '/gross 1.1500001 is no amount of USD'],
    [
      'a fraction of a yen',
      { net: 0.5, currency: 'JPY' },
      '/net 0.5 is no amount of JPY: at most 0 decimals',
    ],
    ['too much', { net: '10000000000.01' }, 'at most 10000000000.00 USD up or down'],
    ['far too much', { net: 1e300 }, '/net 1e+300 is no amount of USD'],
    ['nearly nothing', { net: 5e-324 }, '/net 5e-324 is no amount of USD'],
    ['too much with VAT', { net: '9000000000', vat_percent: 15 }, '/gross comes to 10350000000.00; at most'],
    ['a line of too much', { lines: [line(1e6, 1e6)] }, '/lines/0 makes 1000000 × 1000000; at most'],
    ['lines of too much', { lines: [line(1, 6e9), line(1, 6e9)] }, '/lines make 12000000000.00; at most'],
    [
      'a quantity of 14 digits',
      { lines: [lines[0]!, line(1e13, 0)] },
      '/lines/1/quantity 10000000000000 is out',
    ],
    ['an endless price', { lines: [line(1, 5e-324)] }, '/lines/0/unit_price 5e-324 is out of range'],
    ['a rate below 0', { net: 1, vat_percent: -1 }, '/vat_percent -1 is out of range: 0 to 100'],
    ['a rate above 100', { net: 1, vat_percent: '100.01' }, '/vat_percent 100.01 is out of range'],
    ['a rate of 3 decimals', { net: 1, vat_percent: 7.125 }, '/vat_percent 7.125 is out of range'],
    ['an unknown currency', { net: 1, currency: 'XXX' }, '/currency "XXX" is not a currency of ISO 4217'],
    ['a blank number', { number: ' \u00a0', net: 1 }, '/number is blank'],
    ['a blank company', { company: '  ', net: 1 }, '/company is blank'],
    ['a control character', { number: 'A\u0000', net: 1 }, '/number has control characters'],
    ['half a character', { company: 'A\ud800', net: 1 }, '/company has control characters or halves'],
    [
      'a day that is not',
      { net: 1, due_at: '2026-02-29T00:00:00Z' },
      '/due_at "2026-02-29T00:00:00Z" is not',
    ],
    ['an hour that is not', { net: 1, issued_at: '2026-01-01T25:00:00Z' }, '/issued_at'],
    ['a time before all years', { net: 1, issued_at: '0001-01-01T00:00:00+01:00' }, 'years 0001 to 9999'],
  ];

  it.each(cases)('%s', (_name, fields, words) => {
    expect(Check(InvoiceBody, { ...named, ...fields })).toBe(true);
    expect(reason(fields)).toContain(words);
  });

  it('and any body that follows the schema is either an invoice or refused in words', () => {
    const stated = fc.option(anyFactor, { nil: undefined });
    const anything = fc.record(
      {
        number: fc.string({ minLength: 1, maxLength: 64, unit: 'binary' }),
        company: fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }),
        net: stated,
        vat: stated,
        gross: stated,
        vat_percent: fc.oneof(anyFactor, percent),
        due_at: fc.constantFrom('2024-02-29T12:00:00Z', '2026-04-31T00:00:00Z', '9999-12-31T23:59:59-12:00'),
      },
      { requiredKeys: ['number', 'company'] },
    );
    fc.assert(
      fc.property(anything, (fields) => {
        const found = invoiceFigures(JSON.parse(JSON.stringify(fields)) as InvoiceBody, 'USD');
        if (found.ok) expect(found.net + found.vat).toBe(found.gross);
        else expect(found.reason).toMatch(/^\/[a-z_]+ .{8,}/s);
      }),
    );
  });
});

describe('what else an invoice says', () => {
  it('is its state, open when it says none, its trimmed names and its country', () => {
    const found = figures({ number: ' A-1 ', company: ' Ada ', country: 'DE', state: 'paid', net: 1 });
    expect(found).toMatchObject({ number: 'A-1', company: 'Ada', country: 'DE', state: 'paid' });
    expect(figures({ net: 1 })).toMatchObject({ state: 'open', country: null, dueAt: null, issuedAt: null });
  });

  it('is when it was issued: what it says, else when it says it occurred', () => {
    const issued_at = '2024-02-29T01:00:00+01:00';
    const occurred_at = '2024-03-01T00:00:00Z';
    expect(figures({ net: 1, issued_at, occurred_at }).issuedAt).toBe(Date.UTC(2024, 1, 29));
    expect(figures({ net: 1, occurred_at }).issuedAt).toBe(Date.UTC(2024, 2, 1));
  });
});
