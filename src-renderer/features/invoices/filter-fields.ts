import { INVOICE_STATES, MAX_SEARCH_TEXT, type InvoiceFilter } from '../../../src-contract/invoice.ts';
import { momentOf } from './zoned-day.ts';

/** The fields of the filter bar, in its order. */
export const FILTER_FIELDS = ['q', 'company', 'from', 'to', 'min', 'max', 'currency', 'state'] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];
/** What stands in the fields, as it was typed; an empty field is left out. Days are `2026-11-21`. */
export type FilterTexts = Readonly<Partial<Record<FilterField, string>>>;

/** A filter read from fields. A field with a complaint filters nothing. */
export interface ReadFilter {
  filter: InvoiceFilter;
  /** What is wrong with a field, and what is accepted. */
  complaints: Partial<Record<FilterField, string>>;
}

type Reading = { value: string } | { complaint: string };
type Reader = (text: string, zone: string | undefined) => Reading;

const AMOUNT = /^-?\d{1,13}(\.\d{1,3})?$/;
const MAX_COMPANY = 200;

const READERS: Record<FilterField, Reader> = {
  q: (text) =>
    text.length <= MAX_SEARCH_TEXT
      ? { value: text }
      : { complaint: `${text.length.toLocaleString('en-US')} characters: use at most ${MAX_SEARCH_TEXT}.` },
  company: (text) =>
    text.length <= MAX_COMPANY ? { value: text } : { complaint: `Use at most ${MAX_COMPANY} characters.` },
  from: (text, zone) => readDay(text, 0, zone),
  to: (text, zone) => readDay(text, 1, zone),
  min: readAmount,
  max: readAmount,
  currency: (text) =>
    /^[A-Z]{3}$/.test(text)
      ? { value: text }
      : { complaint: 'Use the three letters of ISO 4217, for example EUR.' },
  state: (text) =>
    INVOICE_STATES.some((state) => state === text)
      ? { value: text }
      : { complaint: `Use one of ${INVOICE_STATES.join(', ')}.` },
};

/** Reads the fields; `zone` is that of the days, undefined the machine's own. */
export function readFilter(texts: FilterTexts, zone: string | undefined): ReadFilter {
  const values: Partial<Record<FilterField, string>> = {};
  const complaints: ReadFilter['complaints'] = {};
  for (const field of FILTER_FIELDS) {
    const text = texts[field]?.trim() ?? '';
    if (text === '') continue;
    const reading = READERS[field](text, zone);
    if ('value' in reading) values[field] = reading.value;
    else complaints[field] = reading.complaint;
  }
  refuseEmptyRanges(values, complaints);
  return { filter: values as InvoiceFilter, complaints };
}

function refuseEmptyRanges(
  values: Partial<Record<FilterField, string>>,
  complaints: ReadFilter['complaints'],
): void {
  if (values.from !== undefined && values.to !== undefined && values.to <= values.from) {
    complaints.to = 'This is before the first day.';
    delete values.to;
  }
  if (values.min !== undefined && values.max !== undefined && Number(values.max) < Number(values.min)) {
    complaints.max = 'This is less than the least amount.';
    delete values.max;
  }
}

function readAmount(text: string): Reading {
  if (AMOUNT.test(text)) return { value: text };
  return { complaint: 'Use digits with a point and at most 3 decimals, for example 1234.56.' };
}

/** The last day counts as a whole: the filter ends before the day after it. */
function readDay(text: string, daysLater: number, zone: string | undefined): Reading {
  const at = momentOf(text, daysLater, zone);
  if (at === null) return { complaint: 'Use a day as year-month-day, for example 2026-11-21.' };
  return { value: new Date(at).toISOString() };
}

/** Whether nothing is asked of invoices: all of them are kept. */
export function keepsAll(filter: InvoiceFilter): boolean {
  return Object.keys(filter).length === 0;
}
