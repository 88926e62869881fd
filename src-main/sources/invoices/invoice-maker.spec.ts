import { Check } from 'typebox/value';
import { beforeAll, describe, expect, it } from 'vitest';
import { InvoiceBody } from '../../../src-contract/event-bodies.ts';
import { invoiceFigures } from '../../../src-contract/invoice-figures.ts';
import { loadInvoiceMaker, type InvoiceMaker } from './invoice-maker.ts';

const AT = Date.UTC(2026, 10, 21, 12);
const OF = { run: 4, generation: 2, vatBasisPoints: 1500 };
const DAY_MS = 86_400_000;

let maker: InvoiceMaker;
let bodies: InvoiceBody[];

function bodyOf(from: InvoiceMaker, n: number, at = AT, vatBasisPoints = 1500): InvoiceBody {
  const body: unknown = JSON.parse(new TextDecoder().decode(from.make(n, at, { ...OF, vatBasisPoints })));
  if (!Check(InvoiceBody, body)) throw new Error('not an invoice');
  return body;
}

beforeAll(async () => {
  maker = await loadInvoiceMaker(7);
  bodies = Array.from({ length: 3000 }, (_, index) => bodyOf(maker, index + 1));
});

describe('made invoices', () => {
  it('are bodies whose figures can be computed, with numbers of 8 digits', () => {
    for (const body of bodies) expect(invoiceFigures(body, 'USD')).toMatchObject({ ok: true });
    expect(bodies[0]?.number).toBe('PD-00000001');
    expect(bodies[2999]?.number).toBe('PD-00003000');
  });

  it('are the same for the same seed, number and time, in whatever order they are made', async () => {
    const other = await loadInvoiceMaker(7);
    for (const n of [2500, 1, 17]) expect(bodyOf(other, n)).toEqual(bodies[n - 1]);
    const elsewhere = await loadInvoiceMaker(8);
    expect(bodyOf(elsewhere, 1)).not.toEqual(bodies[0]);
  });

  it('differ only in their dates at another time', () => {
    const { issued_at, due_at, ...later } = bodyOf(maker, 5, AT + DAY_MS);
    expect(bodies[4]).toMatchObject(later);
    expect(Date.parse(issued_at!)).toBe(AT + DAY_MS);
    expect(Date.parse(due_at!)).toBe(Date.parse(bodies[4]!.due_at!) + DAY_MS);
  });

  it('are due in 14, 30 or 60 days, have 1 to 6 lines and every state', () => {
    const days = bodies.map(({ due_at }) => (Date.parse(due_at!) - AT) / DAY_MS);
    expect(new Set(days)).toEqual(new Set([14, 30, 60]));
    expect(new Set(bodies.map(({ lines }) => lines?.length))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    expect(new Set(bodies.map(({ state }) => state))).toEqual(new Set(['open', 'paid', 'overdue']));
  });

  it('are in currencies with 0, 2 and 3 decimals, as their countries have them', () => {
    const currencies = new Set(bodies.map(({ country, currency }) => `${country} ${currency}`));
    for (const pair of ['US USD', 'DE EUR', 'FR EUR', 'JP JPY', 'KW KWD', 'CH CHF', 'AE AED', 'BR BRL'])
      expect(currencies).toContain(pair);
  });

  it('go to some 400 companies in several scripts, to some of them often', () => {
    const counts = new Map<string, number>();
    for (const { company } of bodies) counts.set(company, (counts.get(company) ?? 0) + 1);
    const sorted = [...counts.values()].sort((a, b) => b - a);
    expect(sorted.length).toBeGreaterThan(380);
    expect(sorted.length).toBeLessThanOrEqual(400);
    expect(sorted[0]!).toBeGreaterThan(50);
    const names = [...counts.keys()].join('');
    for (const script of [/\p{Script=Latin}/u, /\p{Script=Han}/u, /\p{Script=Arabic}/u, /\p{Script=Hangul}/u])
      expect(names).toMatch(script);
  });

  it('say VAT as exact text, and to which run they belong', () => {
    const percents = [1500, 750, 1234, 0, 5, 9999].map((points) => bodyOf(maker, 1, AT, points).vat_percent);
    expect(percents).toEqual(['15', '7.5', '12.34', '0', '0.05', '99.99']);
    expect(bodies[0]?.simulated).toEqual({ run: 4, generation: 2 });
  });
});
