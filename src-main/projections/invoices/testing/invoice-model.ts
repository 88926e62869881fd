import type {
  CurrencySums,
  InvoiceCheckpoint,
  InvoiceCheckpointed,
  InvoiceColumns,
  InvoiceStateRecord,
} from '../../../../src-contract/invoice-store.ts';

/** An invoice as the model keeps it: everything its columns said. */
export interface ModelRow {
  event: number;
  source: string;
  run: number | null;
  number: string;
  company: string;
  currency: string;
  state: string;
  issuedAt: number;
  receivedAt: number;
  dueAt: number;
  vatBasisPoints: number;
  net: number;
  vat: number;
  gross: number;
  extras: string;
  words: string;
}

/** The store's part of invoices, as plainly as can be: lists, and sums by counting all of them. */
export class InvoiceModel {
  readonly shown: ModelRow[] = [];
  readonly waiting: ModelRow[] = [];
  #batch = 0;
  #ignored = 0;

  /** Takes in a checkpoint, as one transaction. */
  write(checkpoint: InvoiceCheckpoint): InvoiceCheckpointed {
    if (checkpoint.batch < this.#batch) throw new RangeError('a checkpoint that lies before the stored one');
    this.#batch = checkpoint.batch;
    const before = this.shown.length;
    const all = checkpoint.arrived.flatMap((columns) => rowsOf(columns, null));
    for (const row of all) {
      if (!this.shown.some(({ number }) => number === row.number)) this.shown.push(row);
    }
    const ignored = checkpoint.invalid + all.length - (this.shown.length - before);
    this.#ignored += ignored;
    for (const { run, invoices } of checkpoint.produced) this.waiting.push(...rowsOf(invoices, run));
    const shown = checkpoint.show === null ? 0 : this.#show(checkpoint.show);
    return { newest: this.shown.length, shown, ignored, added: sumsOf(this.shown.slice(before)) };
  }

  /** What a projection is loaded from. */
  state(): InvoiceStateRecord {
    return {
      batch: this.#batch,
      generation: 1,
      run: null,
      lastRun: 0,
      reset: null,
      resetRows: 0,
      newest: this.shown.length,
      ignored: this.#ignored,
      totals: sumsOf(this.shown),
    };
  }

  #show({ run, count }: { run: number; count: number }): number {
    const head = this.waiting.filter((row) => row.run === run).slice(0, count);
    for (const row of head) this.waiting.splice(this.waiting.indexOf(row), 1);
    this.shown.push(...head);
    return head.length;
  }
}

/** Sums per currency of rows, by the order of their currencies. */
export function sumsOf(rows: readonly ModelRow[]): CurrencySums[] {
  const total = (of: readonly ModelRow[], read: (row: ModelRow) => number) =>
    of.reduce((sum, row) => sum + BigInt(read(row)), 0n).toString();
  return [...new Set(rows.map(({ currency }) => currency))].sort().map((currency) => {
    const of = rows.filter((row) => row.currency === currency);
    return {
      currency,
      count: of.length,
      net: total(of, ({ net }) => net),
      vat: total(of, ({ vat }) => vat),
      gross: total(of, ({ gross }) => gross),
    };
  });
}

function rowsOf(columns: InvoiceColumns, run: number | null): ModelRow[] {
  const at = <T>(column: ArrayLike<T>, index: number): T => {
    const value = column[index];
    if (value === undefined) throw new RangeError(`a column of ${columns.count} has no row ${index}`);
    return value;
  };
  return Array.from({ length: columns.count }, (_, index) => ({
    event: at(columns.events, index),
    source: columns.source,
    run,
    number: at(columns.numbers, index),
    company: at(columns.companies, index),
    currency: at(columns.currencies, index),
    state: at(columns.states, index),
    issuedAt: at(columns.issuedAt, index),
    receivedAt: at(columns.receivedAt, index),
    dueAt: at(columns.dueAt, index),
    vatBasisPoints: at(columns.vatBasisPoints, index),
    net: at(columns.nets, index),
    vat: at(columns.vats, index),
    gross: at(columns.grosses, index),
    extras: at(columns.extras, index),
    words: at(columns.words, index),
  }));
}
