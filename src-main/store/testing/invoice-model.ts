import { currencyDecimals } from '../../../src-contract/money.ts';
import type { InvoiceFilter } from '../../../src-contract/invoice.ts';
import type { CurrencySums } from '../../../src-contract/invoice-store.ts';
import type { TestInvoice } from './invoices.ts';

/** An invoice of the model, complete. */
export type ModelInvoice = Required<TestInvoice>;

interface Shown extends ModelInvoice {
  id: number;
  generation: number;
}

interface Run {
  run: number;
  generation: number;
  produced: number;
  shown: number;
  waiting: ModelInvoice[];
}

/** What the store of one environment's invoices should hold, in plain lists: the slow and obvious way. */
export class InvoiceModel {
  generation = 1;
  ignored = 0;
  lastRun = 0;
  rows: Shown[] = [];
  runs: Run[] = [];
  resets: { from: number; to: number; at: number }[] = [];
  #lastId = 0;

  /** Whether a number is shown, hidden or waiting. */
  isTaken(number: string): boolean {
    return [...this.rows, ...this.runs.flatMap(({ waiting }) => waiting)].some(
      (row) => row.number === number,
    );
  }

  arrive(invoices: readonly ModelInvoice[]): void {
    for (const invoice of invoices) {
      if (this.isTaken(invoice.number)) this.ignored += 1;
      else this.#show(invoice, 0);
    }
  }

  begin(): number {
    const run = this.lastRun + 1;
    this.lastRun = run;
    this.runs.push({ run, generation: this.generation, produced: 0, shown: 0, waiting: [] });
    return run;
  }

  /** The newest run of the generation in view. */
  get run(): Run | undefined {
    return this.runs.findLast(({ generation }) => generation === this.generation);
  }

  produce(run: Run, invoices: readonly ModelInvoice[]): void {
    for (const invoice of invoices) {
      if (this.isTaken(invoice.number)) this.ignored += 1;
      else {
        run.waiting.push(invoice);
        run.produced += 1;
      }
    }
  }

  show(run: Run, count: number): number {
    if (run.generation !== this.generation) return 0;
    const shown = run.waiting.splice(0, count);
    run.shown += shown.length;
    for (const invoice of shown) this.#show(invoice, run.generation);
    return shown.length;
  }

  reset(at: number): { from: number; to: number; at: number } {
    const reset = { from: this.generation, to: this.generation + 1, at };
    this.resets.push(reset);
    this.generation = reset.to;
    return reset;
  }

  get canUndo(): boolean {
    return this.resets.at(-1)?.to === this.generation && this.run === undefined;
  }

  undo(): void {
    this.generation = this.resets.pop()?.from ?? 0;
  }

  purge(before: number): void {
    const gone = this.resets.filter(({ at }) => at < before).map(({ from }) => from);
    this.resets = this.resets.filter(({ at }) => at >= before);
    this.rows = this.rows.filter(({ generation }) => !gone.includes(generation));
    this.runs = this.runs.filter(({ generation }) => !gone.includes(generation));
  }

  /** Rows and waiting ones that taking the newest reset back would bring. */
  get resetRows(): number {
    const from = this.resets.at(-1)?.from;
    const waiting = this.runs.filter((run) => run.generation === from).flatMap((run) => run.waiting);
    return this.rows.filter((row) => row.generation === from).length + waiting.length;
  }

  inView(asOf = Infinity): Shown[] {
    return this.rows.filter(
      ({ id, generation }) => id <= asOf && (generation === 0 || generation === this.generation),
    );
  }

  /** What a filter keeps; words are those between blanks. */
  kept(filter: InvoiceFilter, asOf: number): Shown[] {
    return this.inView(asOf).filter((row) => keeps(filter, row));
  }

  #show(invoice: ModelInvoice, generation: number): void {
    this.#lastId += 1;
    this.rows.push({ ...invoice, generation, id: this.#lastId });
  }
}

/** Words between blanks, without case and accents. */
function wordsIn(text: string): string[] {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .split(' ');
}

function keeps(
  { q, company, currency, state, from, to, min, max }: InvoiceFilter,
  row: ModelInvoice,
): boolean {
  const words = wordsIn(`${row.number} ${row.company} ${row.words}`);
  const gross = (row.net + row.vat) / 10 ** currencyDecimals(row.currency);
  const tests: [unknown, () => boolean][] = [
    [q, () => wordsIn(q ?? '').every((part) => words.some((word) => word.startsWith(part)))],
    [company, () => row.company === company],
    [currency, () => row.currency === currency],
    [state, () => row.state === state],
    [from, () => row.issuedAt >= Date.parse(from ?? '')],
    [to, () => row.issuedAt < Date.parse(to ?? '')],
    [min, () => gross >= Number(min)],
    [max, () => gross <= Number(max)],
  ];
  return tests.every(([given, holds]) => given === undefined || holds());
}

/** Sums of rows in big integers, by currency. */
export function sumsOf(rows: readonly ModelInvoice[]): CurrencySums[] {
  const sum = (of: readonly ModelInvoice[], amount: (row: ModelInvoice) => number): string =>
    String(of.reduce((total, row) => total + BigInt(amount(row)), 0n));
  return [...new Set(rows.map(({ currency }) => currency))].sort().map((currency) => {
    const of = rows.filter((row) => row.currency === currency);
    return {
      currency,
      count: of.length,
      net: sum(of, ({ net }) => net),
      vat: sum(of, ({ vat }) => vat),
      gross: sum(of, ({ net, vat }) => net + vat),
    };
  });
}

/** Compares as a sort's text says, ties by id in the direction of the first column. */
export function comparison(sort: string): (one: Shown, other: Shown) => number {
  const keys = sort.split(',');
  const columns: Readonly<Record<string, (row: Shown) => string | number>> = {
    time: (row) => row.issuedAt,
    number: (row) => row.number,
    company: (row) => row.company.toLowerCase(),
    gross: (row) => (row.net + row.vat) / 10 ** currencyDecimals(row.currency),
    net: (row) => row.net,
    vat: (row) => row.vat,
    currency: (row) => row.currency,
    state: (row) => ['open', 'paid', 'overdue'].indexOf(row.state),
    due: (row) => row.dueAt ?? -Infinity,
    source: (row) => (row.generation === 0 ? 'nats' : 'simulator'),
  };
  return (one, other) => {
    for (const key of [...keys, keys[0]?.startsWith('-') === true ? '-id' : 'id']) {
      const of = columns[key.replace('-', '')] ?? ((row: Shown) => row.id);
      const [a, b] = [of(one), of(other)];
      if (a !== b) return (a < b ? -1 : 1) * (key.startsWith('-') ? -1 : 1);
    }
    return 0;
  };
}
