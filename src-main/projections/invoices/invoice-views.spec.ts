import fc from 'fast-check';
import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { Invoice, InvoiceDetail, InvoiceTotals } from '../../../src-contract/invoice.ts';
import type { CurrencySums, InvoiceDetailRow } from '../../../src-contract/invoice-store.ts';
import { roundedOnPaper } from '../../../src-contract/testing/on-paper.ts';
import { invoiceDetailOf, invoiceOf, invoiceTotalsOf } from './invoice-views.ts';

const row: InvoiceDetailRow = {
  id: 12,
  number: 'A-1',
  company: 'Ada Ltd',
  currency: 'KWD',
  state: 'overdue',
  source: 'nats',
  issuedAt: Date.UTC(2026, 10, 21),
  dueAt: null,
  vatBasisPoints: 750,
  net: -100,
  vat: -8,
  gross: -108,
  receivedAt: Date.UTC(2026, 10, 22),
  shownAt: Date.UTC(2026, 10, 23),
  run: null,
  extras: { country: null, lines: [{ description: 'Ink', quantity: '1', unit_price: '-0.1', net: -100 }] },
};
const none = { baseCurrency: 'USD', rates: [] };
const sums = (currency: string, count: number, net: number | bigint, vat: number | bigint): CurrencySums => ({
  currency,
  count,
  net: net.toString(),
  vat: vat.toString(),
  gross: (BigInt(net) + BigInt(vat)).toString(),
});
/** Thousandths as decimal text, by nothing but cutting digits. */
const thousandths = (units: bigint) =>
  units.toString().replace(/^(-?)(\d+)$/, (_, sign: string, digits: string) => {
    const padded = digits.padStart(4, '0');
    return `${sign}${padded.slice(0, -3)}.${padded.slice(-3)}`;
  });
const amount = (text: string, currency: string) => ({ amount: text, currency });

describe('an invoice', () => {
  it('is shown with exact amounts in its own currency, and ISO times', () => {
    const shown = invoiceOf(row);
    expect(Check(Invoice, shown)).toBe(true);
    expect(shown).toEqual({
      id: 12,
      number: 'A-1',
      company: 'Ada Ltd',
      issued_at: '2026-11-21T00:00:00.000Z',
      due_at: null,
      state: 'overdue',
      source: 'nats',
      vat_percent: '7.5',
      net: amount('-0.100', 'KWD'),
      vat: amount('-0.008', 'KWD'),
      gross: amount('-0.108', 'KWD'),
    });
  });

  it('has its lines, its country and its times in the drawer', () => {
    const shown = invoiceDetailOf({ ...row, dueAt: Date.UTC(2026, 11, 1), run: 3 });
    expect(Check(InvoiceDetail, shown)).toBe(true);
    expect(shown).toMatchObject({
      due_at: '2026-12-01T00:00:00.000Z',
      received_at: '2026-11-22T00:00:00.000Z',
      shown_at: '2026-11-23T00:00:00.000Z',
      run: 3,
      country: null,
      lines: [{ description: 'Ink', quantity: '1', unit_price: '-0.1', net: amount('-0.100', 'KWD') }],
    });
  });

  it('says every rate as the shortest exact text', () => {
    const texts = Array.from(
      { length: 10_001 },
      (_, vatBasisPoints) => invoiceOf({ ...row, vatBasisPoints }).vat_percent,
    );
    expect(
      texts.every(
        (text, basisPoints) =>
          /^\d+(\.\d?[1-9])?$/.test(text) && Math.round(Number(text) * 100) === basisPoints,
      ),
    ).toBe(true);
    expect([texts[1500], texts[1], texts[10_000], texts[29]]).toEqual(['15', '0.01', '100', '0.29']);
  });
});

describe('totals', () => {
  it('are one per currency in the order of the alphabet, without those that have no invoice', () => {
    const totals = invoiceTotalsOf([sums('USD', 2, 5, 1), sums('EUR', 0, 0, 0), sums('JPY', 1, -7, 0)], none);
    expect(Check(InvoiceTotals, totals)).toBe(true);
    expect(totals).toEqual({
      count: 3,
      totals: [
        {
          currency: 'JPY',
          count: 1,
          net: amount('-7', 'JPY'),
          vat: amount('0', 'JPY'),
          gross: amount('-7', 'JPY'),
          average: amount('-7', 'JPY'),
        },
        {
          currency: 'USD',
          count: 2,
          net: amount('0.05', 'USD'),
          vat: amount('0.01', 'USD'),
          gross: amount('0.06', 'USD'),
          average: amount('0.03', 'USD'),
        },
      ],
      converted: null,
    });
  });

  it('have an average rounded half away from zero', () => {
    const averages = [
      [5, 2],
      [-5, 2],
      [4, 3],
      [-5, 3],
      [1, 3],
    ].map(
      ([gross = 0, count = 0]) =>
        invoiceTotalsOf([sums('USD', count, gross, 0)], none).totals[0]?.average.amount,
    );
    expect(averages).toEqual(['0.03', '-0.03', '0.01', '-0.02', '0.00']);
  });

  it('are exact above 2^53', () => {
    const [total] = invoiceTotalsOf([sums('USD', 1, 90_071_992_547_409_931n, 1n)], none).totals;
    expect(total?.gross.amount).toBe('900719925474099.32');
  });
});

describe('totals in the base currency', () => {
  it('add up what the fixed rates make of each currency, between currencies of any decimals', () => {
    const rates = [
      { currency: 'EUR', rate: '1.085' },
      { currency: 'JPY', rate: '0.0067' },
      { currency: 'KWD', rate: '3.25' },
    ];
    const all = [
      sums('EUR', 1, 1000, 150),
      sums('JPY', 1, 1000, 150),
      sums('KWD', 1, 1000, 150),
      sums('USD', 1, 1, 1),
    ];
    expect(invoiceTotalsOf(all, { baseCurrency: 'USD', rates }).converted).toEqual({
      net: amount('20.81', 'USD'),
      vat: amount('3.14', 'USD'),
      gross: amount('23.95', 'USD'),
      missing: [],
    });
    const [inYen] = [
      invoiceTotalsOf([sums('USD', 1, 1050, 0)], {
        baseCurrency: 'JPY',
        rates: [{ currency: 'USD', rate: '100' }],
      }),
    ];
    expect(inYen.converted?.net).toEqual(amount('1050', 'JPY'));
  });

  it('leave out currencies without a rate and name them', () => {
    const rates = [{ currency: 'EUR', rate: '2' }];
    const all = [sums('KWD', 1, 5, 0), sums('CHF', 1, 5, 0), sums('EUR', 1, 5, 0)];
    expect(invoiceTotalsOf(all, { baseCurrency: 'USD', rates }).converted).toMatchObject({
      net: amount('0.10', 'USD'),
      missing: ['CHF', 'KWD'],
    });
  });

  it('count the base currency as it is, whatever rate is given for it, and the last of two rates', () => {
    const rates = [
      { currency: 'USD', rate: '5' },
      { currency: 'EUR', rate: '5' },
      { currency: 'EUR', rate: '2' },
    ];
    const { converted } = invoiceTotalsOf([sums('USD', 1, 100, 0), sums('EUR', 1, 100, 0)], {
      baseCurrency: 'USD',
      rates,
    });
    expect(converted?.gross.amount).toBe('3.00');
  });

  it('round each currency half away from zero, and net + VAT is gross', () => {
    const minor = fc.integer({ min: -1e12, max: 1e12 });
    const rate = fc
      .tuple(fc.nat(1000), fc.nat(999_999_999))
      .map(([whole, rest]) => `${whole}.${rest.toString().padStart(9, '0')}`);
    fc.assert(
      fc.property(minor, minor, rate, (net, vat, text) => {
        const rates = [{ currency: 'EUR', rate: text }];
        const { converted } = invoiceTotalsOf([sums('EUR', 1, net, vat)], { baseCurrency: 'KWD', rates });
        const [inNet, inVat] = [roundedOnPaper(net, text, 1), roundedOnPaper(vat, text, 1)];
        expect(converted).toEqual({
          net: amount(thousandths(inNet), 'KWD'),
          vat: amount(thousandths(inVat), 'KWD'),
          gross: amount(thousandths(inNet + inVat), 'KWD'),
          missing: [],
        });
      }),
    );
  });
});
