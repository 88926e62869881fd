import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InvoiceBody } from '../../../src-contract/event-bodies.ts';
import { EVENT_KINDS } from '../../../src-contract/event-kinds.ts';
import type { InvoiceCheckpoint } from '../../../src-contract/invoice-store.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import { invoiceEvent, invoiceProjection, START } from './testing/invoice-fixture.ts';
import { InvoiceModel, sumsOf } from './testing/invoice-model.ts';

/** What an event says; numbers of arrivals are few, so that some are taken. */
const arrival = fc.record({
  source: fc.constantFrom('nats', 'import', 'local'),
  body: fc.record({
    number: fc.integer({ min: 1, max: 30 }).map((n) => `A-${n}`),
    net: fc.integer({ min: -1e9, max: 1e9 }),
    currency: fc.constantFrom('JPY', 'USD', 'KWD'),
    vat_percent: fc.constantFrom(0, '7.5', 15),
    // Believed of the simulator only.
    simulated: fc.constant({ run: 1, generation: 1 }),
  }),
});
const production = fc.record({
  source: fc.constant('simulator'),
  body: fc.record({
    net: fc.integer({ min: 1, max: 1e6 }),
    simulated: fc.constantFrom(
      { run: 1, generation: 1 },
      { run: 2, generation: 1 },
      { run: 3, generation: 2 },
    ),
  }),
});
const bad = fc.constantFrom<Said>(
  { source: 'nats', body: { net: 0.001 } },
  { source: 'nats', body: null },
  { source: 'simulator', body: { net: 1 } },
  { source: 'demo', body: 'a price' },
);
interface Said {
  source: string;
  body: Partial<InvoiceBody> | 'a price' | null;
}

/** After an event: does its batch end; and what then happens to the process and its checkpoints. */
const cut = fc.record({
  batchEnds: fc.boolean(),
  checkpoint: fc.constantFrom('none', 'stored', 'waits' as const),
  show: fc.option(fc.record({ run: fc.integer({ min: 1, max: 3 }), count: fc.integer({ min: 0, max: 5 }) })),
  dies: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
  again: fc.option(fc.nat(20), { freq: 3 }),
});
type Cut = typeof cut extends fc.Arbitrary<infer T> ? T : never;
const said = fc.oneof(
  { weight: 3, arbitrary: arrival },
  { weight: 4, arbitrary: production },
  { weight: 1, arbitrary: bad },
);
const script = fc.array(fc.tuple(said, cut), { minLength: 1, maxLength: 60 });

function eventOf({ source, body }: Said, seq: number): JournalEvent {
  if (body !== 'a price') {
    const number = source === 'simulator' ? { number: `PD-${seq}` } : {};
    return invoiceEvent(seq, source, body === null ? null : { ...number, ...body });
  }
  const price = { symbol: 'A', price: 1 };
  return { ...invoiceEvent(seq, source, null), kind: EVENT_KINDS['stock.price_updated'], body: price };
}

/** Runs a journal through processes that checkpoint, show and die where the script says. */
class Run {
  readonly model = new InvoiceModel();
  readonly batches: JournalEvent[][] = [];
  projection = invoiceProjection();
  #waiting: InvoiceCheckpoint | null = null;

  constructor(lines: [Said, Cut][]) {
    let events: JournalEvent[] = [];
    for (const [index, [what, cuts]] of lines.entries()) {
      events.push(eventOf(what, index + 1));
      if (!cuts.batchEnds && index < lines.length - 1) continue;
      this.batches.push(events);
      this.projection.apply(this.batches.length, events);
      events = [];
      this.#after(cuts);
    }
    this.#write(this.#waiting);
    for (const run of [1, 2, 3]) this.#write(this.projection.takeCheckpoint(START, { run, count: 100 }));
  }

  #after({ checkpoint, show, dies, again }: Cut): void {
    const known = again === null ? undefined : this.batches[again];
    if (again !== null && known !== undefined) this.projection.apply(again + 1, known);
    if (checkpoint !== 'none') {
      this.#write(this.#waiting);
      this.#waiting = this.projection.takeCheckpoint(START, show);
      if (checkpoint === 'stored') this.#write(this.#waiting);
    }
    if (!dies) return;
    this.#waiting = null;
    this.projection = invoiceProjection(this.model.state());
    for (const [index, events] of this.batches.entries()) this.projection.apply(index + 1, events);
  }

  #write(checkpoint: InvoiceCheckpoint | null): void {
    this.#waiting = null;
    if (checkpoint !== null) this.projection.checkpointed(this.model.write(checkpoint));
  }
}

const never: Cut = { batchEnds: true, checkpoint: 'none', show: null, dies: false, again: null };

describe('invoices', () => {
  it('are the same rows after any batches, checkpoints and restarts as in a process that never stopped', () => {
    fc.assert(
      fc.property(script, (lines) => {
        const often = new Run(lines);
        const once = new Run(lines.map(([what]) => [what, never]));
        for (const run of [null, 1, 2, 3]) {
          const of = ({ model }: Run) => model.shown.filter((row) => row.run === run);
          expect(of(often)).toEqual(of(once));
        }
        expect(often.model.waiting).toEqual([]);
        expect(often.projection.ignored).toBe(once.projection.ignored);
      }),
      { numRuns: 500 },
    );
  });

  it('are each either shown or ignored, and the totals in memory are those of the rows', () => {
    fc.assert(
      fc.property(script, (lines) => {
        const { model, projection, batches } = new Run(lines);
        const issued = batches.flat().filter(({ kind }) => kind === EVENT_KINDS['invoice.issued']);
        expect(model.shown.length + projection.ignored).toBe(issued.length);
        expect(projection.totals.toSorted((a, b) => (a.currency < b.currency ? -1 : 1))).toEqual(
          sumsOf(model.shown),
        );
        expect([projection.newest, projection.pending]).toEqual([model.shown.length, 0]);
        expect(model.shown.every(({ source, run }) => (source === 'simulator') === (run !== null))).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });
});
