import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventFamily } from '../../../src-contract/event-kinds.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import type { PortfolioProjection } from './portfolio-projection.ts';
import { CheckpointModel } from './testing/checkpoint-model.ts';
import { ProjectionFixture } from './testing/projection-fixture.ts';

/** Shortly before midnight UTC, so that scripts cross a day. */
const BEGIN = Date.UTC(2026, 10, 21, 23, 58);

const slug = fc.constantFrom('anna', 'ben', 'cleo');
const symbol = fc.constantFrom('A', 'B', 'C', 'D');
const holdings = fc.array(
  fc.record({
    symbol,
    quantity: fc.integer({ min: 0, max: 500 }).map((units) => units / 8),
    avg_price: fc.integer({ min: 0, max: 9999 }).map((cents) => cents / 100),
  }),
  { maxLength: 4 },
);
/** Later by up to 15 s, or late by up to 3 minutes. */
const step = fc.oneof({ weight: 5, arbitrary: fc.nat(15_000) }, fc.integer({ min: -180_000, max: 0 }));
const happening = fc.record({
  step,
  what: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        family: fc.constant('portfolio.opted_in'),
        body: fc.record({ slug, holdings }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ family: fc.constant('portfolio.updated'), body: fc.record({ slug, holdings }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ family: fc.constant('portfolio.opted_out'), body: fc.record({ slug }) }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        family: fc.constant('stock.price_updated'),
        body: fc.record({ symbol, price: fc.integer({ min: 1, max: 99_999 }).map((cents) => cents / 1000) }),
      }),
    },
  ),
  source: fc.constantFrom('nats', 'demo', 'poll', 'poll', 'http', 'http'),
});
/** After each event: does its batch end, is a checkpoint written then, does the process die after that. */
const cut = fc.record({
  batchEnds: fc.boolean(),
  checkpoint: fc.boolean(),
  dies: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
});
const script = fc.array(fc.tuple(happening, cut, cut), { maxLength: 60 });

interface Batch {
  events: JournalEvent[];
  checkpoint: boolean;
  dies: boolean;
}

function journalOf(happenings: { step: number; what: { family: string; body: unknown }; source: string }[]) {
  const maker = new ProjectionFixture();
  let latest = BEGIN;
  return happenings.map(({ step: ms, what, source }) => {
    const at = latest + ms;
    latest = Math.max(latest, at);
    return maker.event(what.family as EventFamily, at, what.body, source);
  });
}

function batchesOf(
  journal: JournalEvent[],
  cuts: { batchEnds: boolean; checkpoint: boolean; dies: boolean }[],
): Batch[] {
  const batches: Batch[] = [];
  let events: JournalEvent[] = [];
  for (const [index, event] of journal.entries()) {
    events.push(event);
    const last = index === journal.length - 1;
    const { batchEnds, checkpoint, dies } = cuts[index] ?? {
      batchEnds: true,
      checkpoint: false,
      dies: false,
    };
    if (!batchEnds && !last) continue;
    batches.push({ events, checkpoint, dies });
    events = [];
  }
  return batches;
}

/** Runs a journal through processes that checkpoint and die where the batches say. */
function run(batches: Batch[]): unknown {
  const model = new CheckpointModel();
  let { projection } = new ProjectionFixture();
  for (const [index, { events, checkpoint, dies }] of batches.entries()) {
    projection.apply(index + 1, events);
    if (checkpoint) model.write(projection.takeCheckpoint());
    if (dies) projection = rebuilt(model, batches.slice(0, index + 1));
  }
  model.write(projection.takeCheckpoint());
  return { memory: memoryOf(projection), stored: model.dump() };
}

/** The next process: the last checkpoint and the journal after it. */
function rebuilt(model: CheckpointModel, journal: Batch[]): PortfolioProjection {
  const { projection } = new ProjectionFixture(model.state());
  for (const [index, { events }] of journal.entries()) {
    if (index + 1 > model.batch) projection.apply(index + 1, events);
  }
  return projection;
}

function memoryOf(projection: PortfolioProjection): unknown {
  return {
    portfolios: new Map(
      [...projection.registry.all()].map(({ record, metrics, spark }) => [
        record.slug,
        { record, metrics, spark },
      ]),
    ),
    symbols: new Map(projection.registry.symbols()),
    quotes: ['A', 'B', 'C', 'D'].map((known) => projection.quotes.current(known)),
    recent: projection.recentEvents,
  };
}

describe('the portfolio projection', () => {
  it('rebuilt from any checkpoints and the journal after them equals the one that never stopped', () => {
    fc.assert(
      fc.property(script, (lines) => {
        const journal = journalOf(lines.map(([line]) => line));
        const never = journal.map((event) => ({ events: [event], checkpoint: false, dies: false }));
        const often = batchesOf(
          journal,
          lines.map(([, cuts]) => cuts),
        );
        expect(run(often)).toEqual(run(never));
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same whatever the batches were', () => {
    fc.assert(
      fc.property(script, (lines) => {
        const journal = journalOf(lines.map(([line]) => line));
        const one = batchesOf(
          journal,
          lines.map(([, cuts]) => ({ ...cuts, dies: false })),
        );
        const other = batchesOf(
          journal,
          lines.map(([, , cuts]) => ({ ...cuts, checkpoint: false, dies: false })),
        );
        expect(run(one)).toEqual(run(other));
      }),
      { numRuns: 200 },
    );
  });
});
