import type { InvoiceFilter, InvoiceState, RunState } from './invoice.ts';

/**
 * Invoices on their way into the store, as columns; index i of every column is the same invoice. Amounts are integer minor
 * units, times UTC milliseconds.
 */
export interface InvoiceColumns {
  count: number;
  /** Journal ids of the events they came in. */
  events: Float64Array;
  source: string;
  numbers: string[];
  companies: string[];
  currencies: string[];
  states: InvoiceState[];
  issuedAt: Float64Array;
  receivedAt: Float64Array;
  /** NaN: none. */
  dueAt: Float64Array;
  vatBasisPoints: Float64Array;
  nets: Float64Array;
  vats: Float64Array;
  grosses: Float64Array;
  /** JSON text of {@link InvoiceExtras}. */
  extras: string[];
  /** The words that the text filter looks through, beside number and company: the lines' descriptions. */
  words: string[];
}

/** What only the drawer shows of an invoice. Quantities and prices are exact decimal text, nets minor units. */
export interface InvoiceExtras {
  country: string | null;
  lines: { description: string; quantity: string; unit_price: string; net: number }[];
}

/** Changes of the invoice projection, stored in one transaction with its position. */
export interface InvoiceCheckpoint {
  env: string;
  /** Batch up to which the journal is in it. */
  batch: number;
  /** Invoices that are shown at once. One whose number is taken in the environment is ignored and counted. */
  arrived: InvoiceColumns[];
  /** What the simulator produced, in the order of its sequences: joins the end of its run's backlog. */
  produced: { run: number; generation: number; invoices: InvoiceColumns }[];
  /** How many to show from the head of the run's backlog, after `produced` has joined it; fewer when it holds fewer. */
  show: { run: number; count: number } | null;
  /** Events among these batches that state no invoice: stored by a version that checked less. Counted as ignored. */
  invalid: number;
  /** When that happens. */
  at: number;
}

/** What a checkpoint did. */
export interface InvoiceCheckpointed {
  /** Id of the newest shown invoice of the environment; 0 for none. */
  newest: number;
  /** How many of the backlog were shown. */
  shown: number;
  /** How many were ignored: arrivals whose number was taken, and those that are `invalid`. */
  ignored: number;
  /** Exact sums of what has come into view, per currency: to add to the totals in memory. */
  added: CurrencySums[];
}

/** Sums of one currency in minor units, as decimal text: they can pass 2^53. */
export interface CurrencySums {
  currency: string;
  count: number;
  net: string;
  vat: string;
  gross: string;
}

/** The simulator's run as it is stored. The store counts `produced` and `shown` itself, with the rows. */
export interface InvoiceRunRecord {
  run: number;
  generation: number;
  state: RunState;
  seed: number;
  ratePerS: number;
  displayRatePerS: number;
  durationS: number;
  planned: number;
  vatBasisPoints: number;
  startedAt: number;
  endedAt: number | null;
}

/** A reset, as it is stored until its rows are purged. */
export interface InvoiceReset {
  /** The generation that left the view, and the one that began. */
  from: number;
  to: number;
  at: number;
}

/** What the projection loads when an environment opens. */
export interface InvoiceStateRecord {
  batch: number;
  /** The generation in view; rows of generation 0 (NATS, imports) are always in view. */
  generation: number;
  /** The newest run of the generation in view, with its counts. */
  run: (InvoiceRunRecord & { produced: number; shown: number }) | null;
  /** Number of the newest run of all. */
  lastRun: number;
  /** The newest reset whose rows are still there. */
  reset: InvoiceReset | null;
  /** Rows that taking it back would bring into view or into the backlog. */
  resetRows: number;
  newest: number;
  ignored: number;
  totals: CurrencySums[];
}

/** Which invoices a query wants. `generation` is the one in view. */
export interface InvoiceQuery {
  env: string;
  generation: number;
  filter: InvoiceFilter;
  /** Text of the contract's InvoiceSort. */
  sort: string;
  /** Only rows with at most this id. */
  asOf: number;
}

/** A stored row of the grid; amounts in minor units. */
export interface InvoiceRow {
  id: number;
  number: string;
  company: string;
  currency: string;
  state: InvoiceState;
  source: string;
  issuedAt: number;
  dueAt: number | null;
  vatBasisPoints: number;
  net: number;
  vat: number;
  gross: number;
}

/** A stored row with what the drawer shows beside it. */
export interface InvoiceDetailRow extends InvoiceRow {
  receivedAt: number;
  shownAt: number;
  run: number | null;
  extras: InvoiceExtras;
}
