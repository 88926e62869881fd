import Type from 'typebox';
import { command, feed, query } from './channel.ts';
import {
  ImportReport,
  Invoice,
  InvoiceDetail,
  invoiceFilter,
  InvoiceFilter,
  InvoiceOrder,
  InvoiceRun,
  InvoiceSort,
  InvoiceTotals,
  runFigures,
} from './invoice.ts';
import { ExportFormat, Job } from './job.ts';
import { MAX_IMPORT_PART } from './frames.ts';
import { env, page, pageOf } from './paging.ts';

const none = Type.Object({});
const done = Type.Object({ done: Type.Literal(true) });
const sort = { sort: Type.Optional(InvoiceSort) };
const jobId = Type.String({ minLength: 1, maxLength: 32 });
const asOf = Type.Integer({
  minimum: 0,
  description: 'Only invoices with at most this id: what was there when the list was opened',
});

/** The channels about invoices: the simulator's run, lists and totals, export and import. */
export const INVOICE_CHANNELS = {
  'invoices.stats': query({
    summary: 'Count and sums of the shown invoices, per currency',
    args: Type.Object({ ...env }),
    result: InvoiceTotals,
    http: { method: 'GET', path: '/api/stats' },
  }),
  'invoices.list': query({
    summary: 'Shown invoices, newest first or as sorted, and the totals of all that the filter keeps',
    args: Type.Object({ ...env, ...page, ...invoiceFilter, ...sort }),
    result: Type.Object({
      items: Type.Array(Invoice),
      next_cursor: Type.Union([Type.String(), Type.Null()]),
      ...InvoiceTotals.properties,
    }),
    http: { method: 'GET', path: '/api/invoices' },
  }),
  'invoices.rows': query({
    summary:
      'Rows from a place in a sorted and filtered set: for grids that jump. `order` names one made by invoices.order, needed for sorts that no index serves',
    args: Type.Object({
      ...env,
      filter: InvoiceFilter,
      ...sort,
      order: Type.Optional(Type.String({ maxLength: 64 })),
      as_of: asOf,
      offset: Type.Integer({ minimum: 0 }),
      limit: Type.Integer({ minimum: 1, maximum: 500 }),
    }),
    result: Type.Object({ items: Type.Array(Invoice, { maxItems: 500 }), generation: Type.Integer() }),
  }),
  'invoices.totals': query({
    summary:
      'Count and sums of what a filter keeps; `after` takes only invoices shown later than that id, to add to what is known already',
    args: Type.Object({
      ...env,
      filter: InvoiceFilter,
      after: Type.Optional(Type.Integer({ minimum: 0 })),
      as_of: Type.Optional(asOf),
    }),
    result: Type.Object({
      ...InvoiceTotals.properties,
      newest: Type.Integer({ description: 'Id up to which it counts' }),
      generation: Type.Integer(),
    }),
  }),
  'invoices.order': query({
    summary:
      'Sorts a set by columns that no index serves, a step at each call, until ready; at most four are kept, of at most 2,000,000 rows',
    args: Type.Object({ ...env, filter: InvoiceFilter, sort: InvoiceSort, as_of: asOf }),
    result: InvoiceOrder,
  }),
  'invoice.get': query({
    summary: 'One shown invoice with its lines',
    args: Type.Object({ ...env, id: Type.Integer({ minimum: 1 }) }),
    result: InvoiceDetail,
    http: { method: 'GET', path: '/api/invoices/:id' },
  }),
  'invoices.companies': query({
    summary: 'At most 20 companies whose name has words that begin with these, by name',
    args: Type.Object({ ...env, q: Type.String({ maxLength: 200 }) }),
    result: Type.Object({ items: Type.Array(Type.String(), { maxItems: 20 }) }),
    http: { method: 'GET', path: '/api/companies' },
  }),
  'invoice.issue': command({
    summary:
      'Stores an invoice in the active environment, and publishes it as {env}.invoice.issued when that is switched on; conflict when its number is taken',
    args: Type.Object({
      number: Type.String({ minLength: 1, maxLength: 64 }),
      invoice: Type.Object({}, { additionalProperties: true, description: 'The body of invoice.issued' }),
    }),
    result: done,
    http: { method: 'POST', path: '/api/invoices' },
  }),
  'control.get': query({
    summary: 'The simulator’s run',
    args: none,
    result: InvoiceRun,
    http: { method: 'GET', path: '/api/control' },
  }),
  'control.start': command({
    summary: 'Starts a run, or goes on with one that drains; conflict while one is running',
    args: Type.Object({ ...runFigures }, { additionalProperties: false }),
    result: InvoiceRun,
    http: { method: 'POST', path: '/api/control/start' },
  }),
  'control.stop': command({
    summary: 'Ends production; what waits is still shown',
    args: none,
    result: InvoiceRun,
    http: { method: 'POST', path: '/api/control/stop' },
  }),
  'control.reset': command({
    summary: 'Takes the simulator’s invoices out of view; they can be brought back for 30 s',
    args: none,
    result: InvoiceRun,
    http: { method: 'POST', path: '/api/control/reset' },
  }),
  'control.undo': command({
    summary: 'Takes the last reset back; conflict after 30 s or once another run has begun',
    args: none,
    result: InvoiceRun,
    http: { method: 'POST', path: '/api/control/undo' },
  }),
  'control.rates': command({
    summary: 'Changes rates and duration of the run while it runs; those left out stay',
    args: Type.Object({ ...runFigures }, { additionalProperties: false }),
    result: InvoiceRun,
    http: { method: 'PUT', path: '/api/control/rates' },
  }),
  'invoices.export': command({
    summary: 'Writes what a filter keeps to a file, as a job',
    args: Type.Object({
      ...env,
      format: ExportFormat,
      filter: InvoiceFilter,
      ...sort,
      as_of: Type.Optional(asOf),
    }),
    result: Job,
    http: { method: 'POST', path: '/api/invoices/export' },
  }),
  'import.begin': command({
    summary: 'Opens an import of invoices into the active environment; its file follows in parts',
    args: Type.Object({ name: Type.String({ minLength: 1, maxLength: 255 }) }),
    result: Type.Object({ id: jobId }),
  }),
  'import.part': command({
    summary: `The next part of an import’s file: at most ${MAX_IMPORT_PART.toLocaleString('en')} characters of it, 64 MiB in all`,
    args: Type.Object({ id: jobId, text: Type.String({ maxLength: MAX_IMPORT_PART }) }),
    result: Type.Object({ bytes: Type.Integer() }),
  }),
  'import.check': command({
    summary: 'Says what the import would change; changes nothing',
    args: Type.Object({ id: jobId }),
    result: ImportReport,
  }),
  'import.apply': command({
    summary: 'Stores the import’s new invoices; those that are known or invalid stay out',
    args: Type.Object({ id: jobId }),
    result: ImportReport,
  }),
  'import.drop': command({
    summary: 'Ends an import and deletes its file; one that is left alone ends by itself after 15 minutes',
    args: Type.Object({ id: jobId }),
    result: done,
  }),
  'job.cancel': command({
    summary:
      'Cancels a running job, and nothing partial of an export stays behind; takes one that had ended from the list, with its file',
    args: Type.Object({ id: jobId }),
    result: Job,
    http: { method: 'DELETE', path: '/api/jobs/:id' },
  }),
  'jobs.list': query({
    summary: 'Running jobs and the last ended ones, oldest first',
    args: Type.Object({ ...page }),
    result: pageOf(Job),
    http: { method: 'GET', path: '/api/jobs' },
  }),
  invoiceRun: feed({
    summary: 'The simulator’s run',
    params: none,
    head: InvoiceRun,
    row: Type.Object({}),
    key: 'id',
  }),
  invoiceStats: feed({
    summary:
      'Count and sums of the shown invoices of the active environment; `newest` is the id of the latest, `generation` changes when invoices have left or come back',
    params: none,
    head: Type.Object({
      env: Type.String(),
      generation: Type.Integer(),
      newest: Type.Integer(),
      ignored: Type.Integer({ description: 'Events whose invoice number was taken, and so are not shown' }),
      ...InvoiceTotals.properties,
    }),
    row: Type.Object({}),
    key: 'id',
  }),
  jobs: feed({
    summary: 'Running jobs and the last ended ones',
    params: none,
    head: Type.Object({ running: Type.Integer() }),
    row: Job,
    key: 'id',
  }),
} as const;
