import { toTimestamp } from '../../../src-contract/timestamp.ts';
import { seededRandom, type Random } from '../../lib/random.ts';
import { companyPool, type Company } from './company-pool.ts';
import { loadMarkets } from './markets.ts';

/** What a run gives to each of its invoices. */
export interface InvoiceOfRun {
  run: number;
  generation: number;
  vatBasisPoints: number;
}

/** Makes invoices of one seed: invoice n, issued at a time in UTC milliseconds, always has the same body. */
export interface InvoiceMaker {
  readonly seed: number;
  /** The body of `invoice.issued` as JSON bytes. */
  make(n: number, at: number, of: InvoiceOfRun): Uint8Array;
}

const DAY_MS = 86_400_000;
const TERMS_DAYS = [14, 14, 30, 30, 30, 60];
const STATES = ['open', 'open', 'open', 'open', 'open', 'open', 'paid', 'paid', 'paid', 'overdue'];
const LINE_COUNTS = [1, 1, 1, 2, 2, 3, 3, 4, 5, 6];
const QUANTITIES = [
  '1',
  '1',
  '1',
  '1',
  '2',
  '2',
  '3',
  '4',
  '5',
  '10',
  '12',
  '25',
  '0.5',
  '1.5',
  '7.25',
  '0.333',
];

/** Loads the names of all countries (some 50 ms) and makes the companies of a seed, a safe integer. */
export async function loadInvoiceMaker(seed: number): Promise<InvoiceMaker> {
  const random = seededRandom(seed);
  const companies = companyPool(await loadMarkets(), random.fork('companies'));
  const encoder = new TextEncoder();
  return {
    seed,
    make(n, at, of) {
      const body = bodyOf(random.fork(`invoice ${n}`), companies, n, at, of);
      return encoder.encode(JSON.stringify(body));
    },
  };
}

/** `PD-` and the number, padded to 8 digits. */
export function invoiceNumber(n: number): string {
  return `PD-${n.toString().padStart(8, '0')}`;
}

function bodyOf(random: Random, companies: readonly Company[], n: number, at: number, of: InvoiceOfRun) {
  const { name, market, catalogue } = companyOf(random, companies);
  return {
    number: invoiceNumber(n),
    company: name,
    country: market.country,
    currency: market.currency,
    issued_at: toTimestamp(at),
    due_at: toTimestamp(at + random.pick(TERMS_DAYS) * DAY_MS),
    state: random.pick(STATES),
    vat_percent: percentText(of.vatBasisPoints),
    lines: Array.from({ length: random.pick(LINE_COUNTS) }, () => {
      const { description, unitPrice } = random.pick(catalogue);
      return { description, quantity: random.pick(QUANTITIES), unit_price: unitPrice };
    }),
    simulated: { run: of.run, generation: of.generation },
  };
}

/** The front of the list comes often, its end seldom. */
function companyOf(random: Random, companies: readonly Company[]): Company {
  const draw = random.next();
  const company = companies[Math.floor(draw * draw * companies.length)];
  if (company === undefined) throw new Error('there are no companies');
  return company;
}

/** Hundredths of a percent as exact decimal text: 750 is 7.5. */
function percentText(basisPoints: number): string {
  const [whole, rest] = [Math.floor(basisPoints / 100), basisPoints % 100];
  return rest === 0 ? `${whole}` : `${whole}.${rest.toString().padStart(2, '0').replace(/0$/, '')}`;
}
