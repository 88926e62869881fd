import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANALYTICS_WINDOWS } from '../../../src-contract/analytics.ts';
import { ROLLUP_LEVELS, type RollupLevelName } from '../../../src-contract/analytics-store.ts';
import { EVENT_KINDS } from '../../../src-contract/event-kinds.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import type { AnalyticsProjection } from './analytics-projection.ts';
import { START, analyticsEvent, analyticsProjection } from './testing/analytics-fixture.ts';
import { AnalyticsStoreModel } from './testing/analytics-store-model.ts';

const MINUTE = 60_000;
const LEVELS = Object.keys(ROLLUP_LEVELS) as RollupLevelName[];

/** How long before the clock an event occurred: mostly just now, or a little ahead, or late by anything. */
const lateness = fc.oneof(
  fc.integer({ min: -5 * MINUTE, max: 10 * MINUTE }),
  fc.nat({ max: 20_000 }),
  fc.nat({ max: 3 * 60 * MINUTE }),
  fc.nat({ max: 500 * 24 * 60 * MINUTE }),
);
const value = fc.oneof(
  fc.constant(undefined),
  fc.integer({ min: -1000, max: 1000 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.double({ min: -1e12, max: 1e12, noNaN: true }),
  fc.constantFrom(0.1, 0.2, -0.3, 1e-7, 4e12),
);
const happened = fc.record({
  lateness,
  type: fc.constantFrom('page_view', 'purchase', 'conversion'),
  value,
  user: fc.option(
    fc.nat({ max: 30 }).map((n) => `user_${n}`),
    { nil: undefined },
  ),
  kind: fc.constantFrom('event', 'event', 'event', 'redacted', 'price'),
});
/** What happens behind an event: its batch ends, time passes, a checkpoint is taken, figures are read, the process dies. */
const step = fc.record({
  batchEnds: fc.boolean(),
  passes: fc.oneof(fc.constant(0), fc.nat({ max: 20_000 }), fc.nat({ max: 200 * MINUTE })),
  checkpoint: fc.boolean(),
  reads: fc.boolean(),
  dies: fc.boolean(),
});
type Happened = typeof happened extends fc.Arbitrary<infer T> ? T : never;
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const script = fc.array(fc.tuple(happened, step), { minLength: 1, maxLength: 60 });

function eventOf({ lateness: late, type, value: worth, user, kind }: Happened, now: number): JournalEvent {
  if (kind === 'redacted') return analyticsEvent(now - late, null);
  const event = analyticsEvent(now - late, {
    type,
    ...(worth === undefined ? {} : { value: worth }),
    ...(user === undefined ? {} : { user_id: user }),
  });
  return kind === 'event' ? event : { ...event, kind: EVENT_KINDS['stock.price_updated'] };
}

/** Runs a journal through processes that checkpoint and die where the script says. */
class Run {
  readonly clock: { now: number };
  readonly store = new AnalyticsStoreModel();
  readonly batches: JournalEvent[][] = [];
  projection: AnalyticsProjection;

  constructor(lines: readonly [Happened, Step][], times: readonly number[] | null = null) {
    this.clock = { now: times?.at(-1) ?? START };
    this.projection = analyticsProjection(this.clock, this.store);
    let events: JournalEvent[] = [];
    for (const [index, [what, { batchEnds, passes, ...after }]] of lines.entries()) {
      events.push(eventOf(what, times?.[index] ?? this.clock.now));
      this.clock.now += passes;
      if (!batchEnds && index < lines.length - 1) continue;
      this.batches.push(events);
      this.projection.apply(this.batches.length, events);
      events = [];
      this.#after(after);
    }
  }

  #after({ checkpoint, reads, dies }: Pick<Step, 'checkpoint' | 'reads' | 'dies'>): void {
    if (checkpoint) this.store.write(this.projection.takeCheckpoint());
    if (reads) this.projection.figures('1m', this.clock.now);
    if (!dies) return;
    this.projection = analyticsProjection(this.clock, this.store);
    for (const [index, events] of this.batches.entries()) this.projection.apply(index + 1, events);
  }
}

/** Everything that is shown at a time, as text; the rate of receipt is of this process only. */
function shown(projection: AnalyticsProjection, now: number): string[] {
  return ANALYTICS_WINDOWS.map((window) => {
    const figures = { ...projection.figures(window, now), events_per_second: 0 };
    const series = projection.series(window, now).map(({ at, count, average }) => [at, count, average]);
    return `${JSON.stringify(figures)}\n${JSON.stringify(series)}`;
  });
}

function timesOf(lines: readonly [Happened, Step][]): number[] {
  let now = START;
  return lines.map(([, { passes }]) => {
    const at = now;
    now += passes;
    return at;
  });
}

const never: Omit<Step, 'passes'> = { batchEnds: true, checkpoint: false, reads: false, dies: false };

describe('analytics', () => {
  it('are the same after any batches, checkpoints and restarts as in a process that never stopped', () => {
    fc.assert(
      fc.property(script, (lines) => {
        const often = new Run(lines);
        const once = new Run(lines.map(([what, { passes }]) => [what, { ...never, passes }]));
        expect(shown(often.projection, often.clock.now)).toEqual(shown(once.projection, once.clock.now));
        often.store.write(often.projection.takeCheckpoint());
        once.store.write(once.projection.takeCheckpoint());
        for (const level of LEVELS) expect(often.store.rows(level)).toEqual(once.store.rows(level));
        const rebuilt = analyticsProjection(often.clock, often.store);
        expect(shown(rebuilt, often.clock.now)).toEqual(shown(once.projection, once.clock.now));
      }),
      { numRuns: 100 },
    );
  });

  it('are the same in whatever order events come', () => {
    fc.assert(
      fc.property(script, fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), (lines, keys) => {
        const times = timesOf(lines);
        const still = lines.map(([what, at]): [Happened, Step] => [what, { ...at, passes: 0 }]);
        const order = lines.map((_, index) => index).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
        const pick = <T>(all: readonly T[]) => order.flatMap((index) => all.slice(index, index + 1));
        const now = times.at(-1) ?? START;
        const straight = new Run(still, [...times, now]);
        const mixed = new Run(pick(still), [...pick(times), now]);
        expect(shown(mixed.projection, now)).toEqual(shown(straight.projection, now));
      }),
      { numRuns: 50 },
    );
  });

  it('add up exactly, to the millionth, in every level', () => {
    fc.assert(
      fc.property(script, (lines) => {
        const { projection, store, batches } = new Run(lines);
        store.write(projection.takeCheckpoint());
        let exact = 0n;
        for (const { kind, body } of batches.flat()) {
          const worth = (body as { value?: number } | null)?.value;
          if (kind !== EVENT_KINDS['analytics.event'] || worth === undefined || Math.abs(worth) > 1e12)
            continue;
          exact += millionthsOf(worth);
        }
        for (const level of LEVELS) {
          const rows = store.rows(level);
          const sum = rows.reduce(
            (all, row) => all + BigInt(row.units) * 1_000_000n + BigInt(row.micros),
            0n,
          );
          expect(sum).toBe(exact);
        }
      }),
    );
  });
});

/** A value in whole millionths, half away from zero, by way of its decimal digits. */
function millionthsOf(worth: number): bigint {
  const [whole = '0', fraction = ''] = Math.abs(worth).toFixed(20).split('.');
  const digits = BigInt(whole + fraction.slice(0, 6)) + (Number(fraction[6]) >= 5 ? 1n : 0n);
  return worth < 0 ? -digits : digits;
}
