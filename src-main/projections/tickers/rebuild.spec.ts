import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PriceBody } from '../../../src-contract/event-bodies.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import { CANDLE_INTERVALS, INTERVAL_MS } from '../../../src-contract/ticker.ts';
import type {
  CandleLevelName,
  CandleRecord,
  SeriesKey,
  TickerCheckpoint,
} from '../../../src-contract/ticker-checkpoint.ts';
import { CandleModel } from './testing/candle-model.ts';
import { TickerFixture } from './testing/ticker-fixture.ts';
import type { TickerProjection } from './ticker-projection.ts';

/** Shortly before midnight UTC, so that scripts cross seconds, minutes, hours and a day. */
const BEGIN = Date.UTC(2026, 10, 21, 23, 58);
const LEVELS: CandleLevelName[] = ['1s', '1m', '1h', '1d'];
const SERIES: SeriesKey[] = ['A', 'B'].flatMap((symbol) => [
  { source: 'nats', symbol, currency: null },
  { source: 'nats', symbol, currency: 'EUR' },
  { source: 'stocks', symbol, currency: null },
]);

/** At the same moment, later by a little or much, or late by up to two hours. */
const step = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 6, arbitrary: fc.nat(1500) },
  { weight: 3, arbitrary: fc.nat(150_000) },
  { weight: 3, arbitrary: fc.integer({ min: -3000, max: 0 }) },
  { weight: 2, arbitrary: fc.integer({ min: -7_200_000, max: 0 }) },
);
const tick = fc.record({
  step,
  series: fc.constantFrom(...SERIES),
  price: fc.integer({ min: 1, max: 50 }),
});
/**
 * After each tick: does its batch end; is a checkpoint taken then, and stored at once or only before the next one; does the
 * process die after that; is a batch of before given again.
 */
const cut = fc.record({
  batchEnds: fc.boolean(),
  checkpoint: fc.constantFrom('none', 'stored', 'waits' as const),
  dies: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
  again: fc.option(fc.nat(20), { freq: 3 }),
});
const script = fc.array(fc.tuple(tick, cut), { minLength: 1, maxLength: 60 });
type Line = [{ step: number; series: SeriesKey; price: number }, Cut];
interface Cut {
  batchEnds: boolean;
  checkpoint: string;
  dies: boolean;
  again: number | null;
}

function journalOf(lines: Line[]): JournalEvent[] {
  const maker = new TickerFixture();
  let latest = BEGIN;
  return lines.map(([{ step: ms, series, price }]) => {
    const at = latest + ms;
    latest = Math.max(latest, at);
    return maker.event({ ...series, price, at });
  });
}

/** Runs a journal through processes that checkpoint and die where the script says. */
class Run {
  readonly model = new CandleModel();
  readonly batches: JournalEvent[][] = [];
  projection: TickerProjection = new TickerFixture().projection;
  #waiting: TickerCheckpoint | null = null;

  constructor(lines: Line[]) {
    let events: JournalEvent[] = [];
    for (const [index, event] of journalOf(lines).entries()) {
      events.push(event);
      const cuts = lines[index]?.[1];
      if (cuts === undefined || (!cuts.batchEnds && index < lines.length - 1)) continue;
      this.batches.push(events);
      this.projection.apply(this.batches.length, events);
      events = [];
      this.#after(cuts);
    }
  }

  /** Everything stored, as at the end of a process. */
  settle(): void {
    this.model.write(this.#waiting);
    this.#waiting = null;
    this.model.write(this.projection.takeCheckpoint());
  }

  #after({ checkpoint, dies, again }: Cut): void {
    const known = again === null ? undefined : this.batches[again];
    if (again !== null && known !== undefined) this.projection.apply(again + 1, known);
    if (checkpoint !== 'none') this.#checkpoint(checkpoint === 'waits');
    if (!dies) return;
    this.#waiting = null;
    this.projection = new TickerFixture(this.model.state()).projection;
    for (const [index, events] of this.batches.entries()) this.projection.apply(index + 1, events);
  }

  #checkpoint(waits: boolean): void {
    this.model.write(this.#waiting);
    this.#waiting = this.projection.takeCheckpoint();
    if (waits) return;
    this.model.write(this.#waiting);
    this.#waiting = null;
  }
}

/** The candles of a series by the definition: its prices of each interval in the order of time, then of the journal. */
function candlesOf(journal: JournalEvent[], key: SeriesKey, length: number): CandleRecord[] {
  const byStart = new Map<number, JournalEvent[]>();
  for (const event of journal) {
    const { symbol, currency = null } = event.body as PriceBody & { currency?: string | null };
    if (event.source !== key.source || symbol !== key.symbol || currency !== key.currency) continue;
    const start = Math.floor(event.occurredAt / length) * length;
    byStart.set(start, [...(byStart.get(start) ?? []), event]);
  }
  return [...byStart]
    .sort(([a], [b]) => a - b)
    .map(([start, events]) => {
      const sorted = events.sort((a, b) => a.occurredAt - b.occurredAt || a.id - b.id);
      const prices = sorted.map(({ body }) => (body as PriceBody).price);
      const [first, last] = [sorted[0], sorted.at(-1)];
      return {
        start,
        open: prices[0] ?? NaN,
        high: Math.max(...prices),
        low: Math.min(...prices),
        close: prices.at(-1) ?? NaN,
        openAt: first?.occurredAt ?? NaN,
        openId: first?.id ?? NaN,
        closeAt: last?.occurredAt ?? NaN,
        closeId: last?.id ?? NaN,
        ticks: prices.length,
      };
    });
}

describe('candles', () => {
  it('stored bit by bit equal those rebuilt from the ticks, late ones and repeated batches included', () => {
    fc.assert(
      fc.property(script, (lines) => {
        const run = new Run(lines);
        run.settle();
        for (const key of SERIES) {
          for (const level of LEVELS) {
            expect(run.model.candles(key, level)).toEqual(
              candlesOf(run.batches.flat(), key, INTERVAL_MS[level]),
            );
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('that are newest are the same two in memory, of every interval, before and after they are stored', () => {
    fc.assert(
      fc.property(script, (lines) => {
        const run = new Run(lines);
        const journal = run.batches.flat();
        const expectNewest = () => {
          for (const key of SERIES) {
            for (const interval of CANDLE_INTERVALS) {
              const newest = candlesOf(journal, key, INTERVAL_MS[interval]).slice(-2);
              expect(run.projection.live(key.symbol, interval, key)?.candles ?? []).toEqual(newest);
            }
          }
        };
        expectNewest();
        run.settle();
        expectNewest();
      }),
      { numRuns: 500 },
    );
  });
});

describe('sparks', () => {
  it('after any restarts are those of a process that never stopped', () => {
    fc.assert(
      fc.property(script, (lines) => {
        const never = new Run(
          lines.map(([line]) => [line, { batchEnds: true, checkpoint: 'none', dies: false, again: null }]),
        );
        const often = new Run(lines);
        for (const run of [never, often]) run.settle();
        for (const symbol of ['A', 'B']) {
          for (const currency of [null, 'EUR']) {
            const of = (run: Run) =>
              run.projection.sparks.points(symbol, ['stocks', 'nats'], (one) => one === currency);
            expect(of(often)).toEqual(of(never));
          }
        }
      }),
      { numRuns: 1500 },
    );
  });
});
