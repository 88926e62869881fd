import type { Invoice } from '../../../src-contract/invoice.ts';
import { invoiceFault, minorOf, SumOfInvoices } from '../checks/invoice-sums.ts';
import { readExport } from '../checks/read-export.ts';
import { counted, nothingWrong, type Finding, type Point } from '../finding.ts';
import { InvoiceClient } from '../hosts/invoice-client.ts';
import { Lab } from '../hosts/lab.ts';
import type { RestClient } from '../hosts/rest-client.ts';

interface Scale {
  invoices: number;
  rate: number;
}

export const FULL: Scale = { invoices: 1_000_000, rate: 5000 };
export const SHORT: Scale = { invoices: 4000, rate: 4000 };

/** A filter as a query has it, and as a test of one invoice. */
type Filter = readonly [query: string, keeps: (invoice: Invoice) => boolean];

const FILTERS: readonly Filter[] = [
  ['', () => true],
  ['currency=EUR', ({ gross }) => gross.currency === 'EUR'],
  ['currency=JPY', ({ gross }) => gross.currency === 'JPY'],
  ['currency=KWD', ({ gross }) => gross.currency === 'KWD'],
  ['state=overdue', ({ state }) => state === 'overdue'],
  [
    'currency=USD&min=100&max=999.99',
    ({ gross }) => gross.currency === 'USD' && minorOf(gross) >= 10_000n && minorOf(gross) <= 99_999n,
  ],
];

const FORMATS = ['csv', 'json', 'parquet'] as const;

/** Has the simulator make many invoices, and adds all of them up apart from the app: lists, filters, statistics, exports. */
export const run: Point<Scale> = ({ scale, log, signal }) =>
  Lab.use(signal, async (lab) => {
    const { rest } = await lab.serve('--demo', '--seed', '7');
    const client = new InvoiceClient(rest);
    const { invoices, rate } = scale;
    await client.control('start', {
      rate_per_s: rate,
      display_rate_per_s: rate,
      duration_s: invoices / rate,
    });
    log(`making ${invoices} invoices`);
    await lab.until('all are shown', (invoices / rate) * 5000 + 60_000, async () =>
      (await client.run()).state === 'finished' ? true : undefined,
    );
    log('reading all of them over HTTP');
    const { sums, wrong } = await addUp(client);
    const all = sums[0] ?? new SumOfInvoices();
    const findings: Finding[] = [
      counted('invoices shown', all.count, invoices),
      nothingWrong('net + VAT = gross, VAT rounded half away from zero', all.count, wrong),
      nothingWrong('statistics', all.byCurrency.size, all.unlike(await client.stats())),
    ];
    for (const [index, [query]] of FILTERS.entries()) {
      const expected = sums[index] ?? new SumOfInvoices();
      const said = await client.totals(query);
      findings.push(
        nothingWrong(`totals of the list, ${query || 'all'}`, expected.count, expected.unlike(said)),
      );
    }
    for (const format of FORMATS) {
      log(`reading the export as ${format}`);
      findings.push(...(await exported(rest, format, '', all)));
      findings.push(...(await exported(rest, format, 'currency=EUR', sums[1] ?? new SumOfInvoices())));
    }
    return findings;
  });

async function addUp(client: InvoiceClient): Promise<{ sums: SumOfInvoices[]; wrong: string[] }> {
  const sums = FILTERS.map(() => new SumOfInvoices());
  const wrong: string[] = [];
  for await (const invoice of client.all()) {
    const fault = invoiceFault(invoice);
    if (fault !== null) wrong.push(fault);
    for (const [index, [, keeps]] of FILTERS.entries()) if (keeps(invoice)) sums[index]?.add(invoice);
  }
  return { sums, wrong };
}

async function exported(
  rest: RestClient,
  format: (typeof FORMATS)[number],
  query: string,
  expected: SumOfInvoices,
): Promise<Finding[]> {
  const what = `${format} of ${query || 'all'}`;
  const { rows, numbers, stated } = await readExport(
    format,
    await rest.ask('GET', `/api/export/invoices.${format}?${query}`),
  );
  const totals = { count: rows.count, totals: stated };
  return [
    counted(`${what}: different invoices`, numbers.size, expected.count),
    nothingWrong(`${what}: its rows, and the totals it states`, rows.count, [
      ...rows.unlike(totals),
      ...expected.unlike(totals),
    ]),
  ];
}
