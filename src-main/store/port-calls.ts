import type { FoldPort, ReaderPort, WriterPort } from './port.ts';

type CallsOf<P> = Record<keyof P, true>;

const writer: CallsOf<WriterPort> = {
  commit: true,
  checkpoint: true,
  tickerCheckpoint: true,
  saveWatchlists: true,
  breakerTransition: true,
  invoiceCheckpoint: true,
  saveInvoiceRun: true,
  resetInvoices: true,
  undoInvoiceReset: true,
  purgeInvoices: true,
  analyticsCheckpoint: true,
  activityCheckpoint: true,
  rejectsAttempted: true,
  retainRollups: true,
  forgetIds: true,
  retainCandles: true,
  openStream: true,
  recordGap: true,
  passOver: true,
  audit: true,
  redact: true,
  retain: true,
  settle: true,
  instanceId: true,
};

const reader: CallsOf<ReaderPort> = {
  environments: true,
  streams: true,
  ledgers: true,
  unknownSubjects: true,
  figures: true,
  portfolioState: true,
  replay: true,
  tickerState: true,
  candles: true,
  watchlists: true,
  breakerTransitions: true,
  breakerSpans: true,
  invoiceState: true,
  warmInvoices: true,
  invoiceRows: true,
  invoicePage: true,
  invoiceTotals: true,
  invoiceDetail: true,
  invoiceCompanies: true,
  invoicesByNumber: true,
  beginInvoiceOrder: true,
  stepInvoiceOrder: true,
  invoiceOrderRows: true,
  dropInvoiceOrder: true,
  communityHistory: true,
  portfolioHistory: true,
  timeline: true,
  analyticsState: true,
  rollups: true,
  activityState: true,
  activityDays: true,
  activityQuarters: true,
  rejects: true,
  rejectsById: true,
  audit: true,
};

const fold: CallsOf<FoldPort> = { fold: true };

/** Names of all functions of a port; complete, because the tables above are checked against it. */
export const WRITER_CALLS = Object.keys(writer) as (keyof WriterPort)[];
/** As {@link WRITER_CALLS}, of the readers. */
export const READER_CALLS = Object.keys(reader) as (keyof ReaderPort)[];
/** As {@link WRITER_CALLS}, of what folds the log. */
export const FOLD_CALLS = Object.keys(fold) as (keyof FoldPort)[];
