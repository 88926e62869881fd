import fc from 'fast-check';
import { expect, it } from 'vitest';
import { INDEXED_SORTS, INVOICE_SORTS, type InvoiceFilter } from '../../src-contract/invoice.ts';
import type { ReaderPort } from './port.ts';
import { silentLog } from '../lib/log.ts';
import { openForReading } from './database.ts';
import { databaseFile } from './prepare-database.ts';
import { Reader } from './reader.ts';
import { comparison, InvoiceModel, type ModelInvoice, sumsOf } from './testing/invoice-model.ts';
import { invoiceColumns, makeInvoiceCheckpoint, makeRun } from './testing/invoices.ts';
import { makeFolder, openFixture } from './testing/store-fixture.ts';
import type { Writer } from './writer.ts';

const WORDS = ['paper', 'Pap', 'Chair', '🍕', 'شركة', 'ab', 'b', '50%', 'ärger'];
const COMPANIES = ['Acme', 'acme', 'Zed Paper', 'äther 🍕', 'شركة النور', 'B'];
const CURRENCIES = ['USD', 'JPY', 'KWD'];
const STATES = ['open', 'paid', 'overdue'] as const;

const invoice: fc.Arbitrary<ModelInvoice> = fc.record({
  number: fc.integer({ min: 1, max: 60 }).map((n) => `N${n}`),
  company: fc.constantFrom(...COMPANIES),
  currency: fc.constantFrom(...CURRENCIES),
  state: fc.constantFrom(...STATES),
  issuedAt: fc.integer({ min: 0, max: 5 }).map((day) => day * 1000),
  dueAt: fc.option(fc.integer({ min: 0, max: 3 })),
  net: fc.oneof(fc.integer({ min: -3000, max: 3000 }), fc.constant(9e11)),
  vat: fc.integer({ min: 0, max: 500 }),
  words: fc.constantFrom(...WORDS.filter((word) => !word.includes('%'))),
});
const invoices = fc.array(invoice, { maxLength: 6 });

type Command =
  | { kind: 'checkpoint'; arrived: ModelInvoice[]; produced: ModelInvoice[]; show: number }
  | { kind: 'begin' | 'reset' | 'undo' }
  | { kind: 'purge'; age: number };

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('checkpoint' as const),
      arrived: invoices,
      produced: invoices,
      show: fc.nat(5),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('begin', 'reset', 'undo' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('purge' as const), age: fc.nat(3) }) },
);

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 2 });
const amount = fc.constantFrom('-20', '0', '5.5', '12.345', '100', '9000000000');
const filter = fc
  .record({
    q: maybe(fc.constantFrom('p', 'pap', 'PAPER', 'a', 'b', '🍕', 'شرك', 'n1', 'zed pap', 'nothing')),
    company: maybe(fc.constantFrom(...COMPANIES, 'none')),
    from: maybe(fc.integer({ min: 0, max: 5 }).map((day) => new Date(day * 1000).toISOString())),
    to: maybe(fc.integer({ min: 0, max: 5 }).map((day) => new Date(day * 1000).toISOString())),
    min: maybe(amount),
    max: maybe(amount),
    currency: maybe(fc.constantFrom(...CURRENCIES, 'XXX')),
    state: maybe(fc.constantFrom(...STATES)),
  })
  .map((parts) => JSON.parse(JSON.stringify(parts)) as InvoiceFilter);
const signed = (names: readonly string[]) =>
  fc.tuple(fc.constantFrom('', '-'), fc.constantFrom(...names)).map((parts) => parts.join(''));
const question = fc.record({
  filter: fc.oneof(fc.constant({}), filter),
  sort: signed(INDEXED_SORTS),
  sorts: fc.array(signed(INVOICE_SORTS), { minLength: 1, maxLength: 4 }).map((keys) => keys.join(',')),
  asOf: fc.oneof(fc.constant(1e9), fc.nat(40)),
  after: fc.oneof(fc.constant(0), fc.nat(40)),
  offset: fc.nat(30),
  limit: fc.integer({ min: 1, max: 8 }),
});

class Play {
  readonly model = new InvoiceModel();
  readonly #writer: Writer;
  #batch = 0;
  #at = 0;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  do(what: Command): void {
    this.#at += 1;
    switch (what.kind) {
      case 'checkpoint':
        return this.#checkpoint(what);
      case 'begin':
        return this.#writer.saveInvoiceRun(
          'demo',
          makeRun(this.model.begin(), { generation: this.model.generation }),
        );
      case 'reset':
        return this.#writer.resetInvoices('demo', this.model.reset(this.#at));
      case 'undo':
        if (!this.model.canUndo) {
          expect(() => this.#writer.undoInvoiceReset('demo')).toThrow(RangeError);
          return;
        }
        this.model.undo();
        return this.#writer.undoInvoiceReset('demo');
      case 'purge': {
        const before = this.#at - what.age;
        this.model.purge(before);
        while (this.#writer.purgeInvoices('demo', before, 2) > 0);
      }
    }
  }

  #checkpoint({ arrived, produced, show }: Extract<Command, { kind: 'checkpoint' }>): void {
    const { model } = this;
    const { run } = model;
    const ignored = model.ignored;
    const before = new Set(model.inView());
    model.arrive(arrived);
    if (run !== undefined) model.produce(run, produced);
    const shown = run === undefined ? 0 : model.show(run, show);
    this.#batch += 1;
    const done = this.#writer.invoiceCheckpoint(
      makeInvoiceCheckpoint('demo', this.#batch, {
        arrived: [invoiceColumns(arrived)],
        produced:
          run === undefined
            ? []
            : [{ run: run.run, generation: run.generation, invoices: invoiceColumns(produced, 'simulator') }],
        show: run === undefined ? null : { run: run.run, count: show },
      }),
    );
    expect(done).toEqual({
      newest: model.inView().at(-1)?.id ?? 0,
      shown,
      ignored: model.ignored - ignored,
      added: sumsOf(model.inView().filter((row) => !before.has(row))),
    });
  }
}

function checkState(reader: ReaderPort, model: InvoiceModel): void {
  const { run } = model;
  const state = reader.invoiceState('demo');
  expect(state).toMatchObject({
    generation: model.generation,
    lastRun: model.lastRun,
    reset: model.resets.at(-1) ?? null,
    resetRows: model.resetRows,
    newest: model.inView().at(-1)?.id ?? 0,
    ignored: model.ignored,
    totals: sumsOf(model.inView()),
  });
  expect(state.run?.run).toBe(run?.run);
  expect([state.run?.produced, state.run?.shown]).toEqual([run?.produced, run?.shown]);
}

function checkLists(
  reader: ReaderPort,
  model: InvoiceModel,
  asked: typeof question extends fc.Arbitrary<infer Q> ? Q : never,
): void {
  const { filter: by, sort, asOf, after, offset, limit } = asked;
  const query = { env: 'demo', generation: model.generation, filter: by, sort, asOf };
  const kept = model.kept(by, asOf).sort(comparison(sort));
  const ids = kept.map(({ id }) => id);
  expect(reader.invoiceRows(query, offset, limit).map(({ id }) => id)).toEqual(
    ids.slice(offset, offset + limit),
  );
  const paged: number[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = reader.invoicePage(query, limit, cursor ?? null);
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.next_cursor;
  }
  expect(paged).toEqual(ids);
  expect(reader.invoiceTotals(query, after)).toEqual({
    sums: sumsOf(kept.filter(({ id }) => id > after)),
    newest: model.inView(asOf).at(-1)?.id ?? 0,
  });
}

function checkOrder(
  reader: ReaderPort,
  model: InvoiceModel,
  asked: typeof question extends fc.Arbitrary<infer Q> ? Q : never,
): void {
  const query = {
    env: 'demo',
    generation: model.generation,
    filter: asked.filter,
    sort: asked.sorts,
    asOf: asked.asOf,
  };
  const order = reader.beginInvoiceOrder(query);
  while (!reader.stepInvoiceOrder(order).ready);
  const kept = model.kept(asked.filter, asked.asOf).sort(comparison(asked.sorts));
  expect(reader.invoiceOrderRows(order, asked.offset, asked.limit).map(({ id }) => id)).toEqual(
    kept.map(({ id }) => id).slice(asked.offset, asked.offset + asked.limit),
  );
  reader.dropInvoiceOrder(order);
}

it('any checkpoints, resets, undos and purges leave what plain lists have, in memory and in the tables', () => {
  const script = fc.array(fc.record({ command, question }), { minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(script, (steps) => {
      const { folder, remove } = makeFolder();
      const store = openFixture(folder);
      // As when there are too many rows for the memory.
      const plain = new Reader(openForReading(databaseFile(folder)), { monotonic: () => 0 }, silentLog, -1);
      try {
        const play = new Play(store.writer);
        store.writer.invoiceCheckpoint(makeInvoiceCheckpoint('demo', 0));
        for (const { command: what, question: asked } of steps) {
          play.do(what);
          checkState(store.reader, play.model);
          checkLists(store.reader, play.model, asked);
          checkLists(plain, play.model, asked);
          checkOrder(store.reader, play.model, asked);
        }
        const numbers = play.model.rows.map(({ number }) => number);
        expect(new Set(numbers).size).toBe(numbers.length);
      } finally {
        plain.close();
        store.close();
        remove();
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
