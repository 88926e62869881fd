import type { CallArgs } from '../../../src-contract/channels.ts';
import type { CurrencySums, InvoiceQuery, InvoiceRow } from '../../../src-contract/invoice-store.ts';
import { ContractError } from '../../../src-contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Conversion } from '../../projections/invoices/converted-sums.ts';
import { invoiceDetailOf, invoiceOf, invoiceTotalsOf } from '../../projections/invoices/invoice-views.ts';
import type { Handlers } from '../../router/handlers.ts';
import type { Remote, ReaderPort } from '../../store/port.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import type { InvoiceOrders } from './invoice-orders.ts';
import { filterOf, isEverything, isIndexed, NEWEST_FIRST } from './invoice-query.ts';
import { sortedPage } from './sorted-list.ts';
import { unlessRefused } from './store-refusals.ts';

const DEFAULT_LIMIT = 100;
const MAX_COMPANIES = 20;

/** What the invoice queries read from. */
export interface InvoiceHandlerOptions {
  read: (env: string | undefined) => Promise<EnvironmentRuntime>;
  reader: Pick<
    Remote<ReaderPort>,
    'invoicePage' | 'invoiceRows' | 'invoiceTotals' | 'invoiceDetail' | 'invoiceCompanies'
  >;
  orders: InvoiceOrders;
  clock: Pick<Clock, 'monotonic'>;
  /** How totals are added up across currencies now. */
  conversion: () => Conversion;
}

type InvoiceQueries =
  | 'invoices.stats'
  | 'invoices.list'
  | 'invoices.rows'
  | 'invoices.totals'
  | 'invoices.order'
  | 'invoice.get'
  | 'invoices.companies';

/** Handlers of the queries about invoices in view. */
export function invoiceHandlers(options: InvoiceHandlerOptions): Pick<Handlers, InvoiceQueries> {
  const { read, reader, orders, conversion } = options;
  return {
    'invoices.stats': async ({ env }) =>
      invoiceTotalsOf((await read(env)).invoices.projection.totals, conversion()),
    'invoices.list': async (args) => invoiceList(options, await read(args.env), args),
    'invoices.rows': async (args) => {
      const runtime = await read(args.env);
      return {
        items: (await rowsOf(options, runtime, args)).map(invoiceOf),
        generation: runtime.invoices.projection.generation,
      };
    },
    'invoices.totals': async (args) => {
      const runtime = await read(args.env);
      const { generation } = runtime.invoices.projection;
      const { sums, newest } = await totalsOf(options, runtime, args);
      return { ...invoiceTotalsOf(sums, conversion()), newest, generation };
    },
    'invoices.order': async ({ env, filter, sort, as_of: asOf }) =>
      orders.step({ ...setOf(await read(env), filterOf(filter, '/filter'), asOf), sort }),
    'invoice.get': async ({ env, id }) => {
      const runtime = await read(env);
      const row = await reader.invoiceDetail(runtime.env, runtime.invoices.projection.generation, id);
      if (row !== null) return invoiceDetailOf(row);
      throw new ContractError('not_found', `invoice ${id} is not in view in ${runtime.env}`);
    },
    'invoices.companies': async ({ env, q }) => {
      const runtime = await read(env);
      const { generation } = runtime.invoices.projection;
      return {
        items: await unlessRefused(reader.invoiceCompanies(runtime.env, generation, q, MAX_COMPANIES), '/q'),
      };
    },
  };
}

async function invoiceList(
  { reader, orders, clock, conversion }: InvoiceHandlerOptions,
  runtime: EnvironmentRuntime,
  args: CallArgs<'invoices.list'>,
) {
  const { limit = DEFAULT_LIMIT, cursor = null, sort = NEWEST_FIRST } = args;
  const set = setOf(runtime, filterOf(args));
  const page = await sortedPage({ reader, orders, clock }, { ...set, sort }, limit, cursor);
  const { sums } = await unlessRefused(reader.invoiceTotals(set, 0), '/q');
  return { ...page, items: page.items.map(invoiceOf), ...invoiceTotalsOf(sums, conversion()) };
}

function rowsOf(
  { reader, orders }: InvoiceHandlerOptions,
  runtime: EnvironmentRuntime,
  args: CallArgs<'invoices.rows'>,
): Promise<InvoiceRow[]> {
  const { order, sort = NEWEST_FIRST, offset, limit } = args;
  if (order !== undefined) return orders.rows(order, offset, limit);
  if (!isIndexed(sort)) {
    throw new ContractError(
      'invalid_argument',
      `sorting by ${sort} needs an order: ask invoices.order until it is ready, and name it`,
      { field: '/order' },
    );
  }
  const query = { ...setOf(runtime, filterOf(args.filter, '/filter'), args.as_of), sort };
  return unlessRefused(reader.invoiceRows(query, offset, limit), '/filter');
}

/** Those of everything in view are known without asking. */
async function totalsOf(
  { reader }: InvoiceHandlerOptions,
  runtime: EnvironmentRuntime,
  { filter, after, as_of: asOf }: CallArgs<'invoices.totals'>,
): Promise<{ sums: CurrencySums[]; newest: number }> {
  const { projection } = runtime.invoices;
  const set = setOf(runtime, filterOf(filter, '/filter'), asOf);
  if (isEverything(filter) && after === undefined && set.asOf >= projection.newest) {
    return { sums: projection.totals, newest: projection.newest };
  }
  return unlessRefused(reader.invoiceTotals(set, after ?? 0), '/filter');
}

/** The invoices that a filter keeps of those in view now, up to an id. */
function setOf(
  { env, invoices }: EnvironmentRuntime,
  filter: InvoiceQuery['filter'],
  asOf = invoices.projection.newest,
): Omit<InvoiceQuery, 'sort'> {
  return { env, generation: invoices.projection.generation, filter, asOf };
}
