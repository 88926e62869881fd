import type { InvoiceColumns } from '../src-contract/invoice-store.ts';
import { INVOICE_STATES } from '../src-contract/invoice.ts';
import { seededRandom, type Random } from '../src-main/lib/random.ts';

/** When the first invoice of the set is issued: 2026-01-01, UTC milliseconds. */
export const INVOICES_FROM = Date.UTC(2026, 0, 1);
/** One invoice this often: a million of them fill about a year. */
const EVERY_MS = 30_000;
const VAT_BASIS_POINTS = 1500;

const PLACES = [
  'Nord',
  'Süd',
  'Alpha',
  'Delta',
  'Harbour',
  'Mountain',
  'River',
  'Old Town',
  'Union',
  'Crown',
];
const TRADES = [
  'Foods',
  'Steel',
  'Paper',
  'Software',
  'Logistics',
  'Textiles',
  'Energy',
  'Glass',
  'Optics',
  'Toys',
];
const FORMS = ['GmbH', 'Ltd', 'Inc', 'SA', 'BV', 'AG', 'Oy', 'SpA'];
const ITEMS = [
  'licence',
  'pallet',
  'inspection',
  'cable',
  'training',
  'hosting',
  'repair',
  'sample',
  'transport',
  'valve',
];
const CURRENCIES = ['USD', 'USD', 'USD', 'EUR', 'EUR', 'GBP', 'JPY', 'KWD'];

/** The companies of the set: 800, the first ones with the most invoices. */
export const INVOICE_COMPANIES = FORMS.flatMap((form) =>
  PLACES.flatMap((place) => TRADES.map((trade) => `${place} ${trade} ${form}`)),
);

/** Invoices `from` to before `to` of the set as columns, the same in every run. */
export function invoiceColumns(from: number, to: number): InvoiceColumns {
  const count = to - from;
  const random = seededRandom(from + 1);
  const columns = emptyColumns(count);
  for (let index = 0; index < count; index++) fill(columns, index, from + index, random);
  return columns;
}

function emptyColumns(count: number): InvoiceColumns {
  const numbers = (): Float64Array => new Float64Array(count);
  return {
    ...{
      count,
      source: 'nats',
      events: numbers(),
      issuedAt: numbers(),
      receivedAt: numbers(),
      dueAt: numbers(),
    },
    ...{
      vatBasisPoints: numbers().fill(VAT_BASIS_POINTS),
      nets: numbers(),
      vats: numbers(),
      grosses: numbers(),
    },
    ...{ numbers: [], companies: [], currencies: [], states: [], extras: [], words: [] },
  };
}

function fill(columns: InvoiceColumns, index: number, nth: number, random: Random): void {
  const issuedAt = INVOICES_FROM + nth * EVERY_MS;
  const net = random.int(1_00, 5_000_00);
  const item = ITEMS[random.int(0, ITEMS.length - 1)] ?? '';
  const rank = Math.floor(random.next() ** 3 * INVOICE_COMPANIES.length);
  const vat = Math.floor((net * VAT_BASIS_POINTS + 5_000) / 10_000);
  columns.events[index] = nth + 1;
  columns.issuedAt[index] = issuedAt;
  columns.receivedAt[index] = issuedAt + 20;
  columns.dueAt[index] = issuedAt + 30 * 86_400_000;
  columns.nets[index] = net;
  columns.vats[index] = vat;
  columns.grosses[index] = net + vat;
  columns.numbers.push(`B-${String(nth).padStart(8, '0')}`);
  columns.companies.push(INVOICE_COMPANIES[rank] ?? '');
  columns.currencies.push(CURRENCIES[nth % CURRENCIES.length] ?? 'USD');
  columns.states.push(INVOICE_STATES[nth % INVOICE_STATES.length] ?? 'open');
  columns.words.push(`${item} batch ${String(nth % 5000)}`);
  columns.extras.push('{"country":null,"lines":[]}');
}
