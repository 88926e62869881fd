import type { AnalyticsBody } from '../src-contract/event-bodies.ts';
import { EventLine } from './event-line.ts';
import type { LatencyHistogram } from '../src-main/lib/latency-histogram.ts';
import { checkObject } from '../src-main/pipeline/check-event.ts';
import { FAMILY_RULES } from '../src-main/pipeline/event-families.ts';
import { EventAggregator } from '../src-main/projections/analytics/event-aggregator.ts';
import { TYPE_NUMBERS, TypeRegister } from '../src-main/projections/analytics/type-register.ts';
import { UserSketches } from '../src-main/projections/analytics/user-sketches.ts';
import type { Summing, Totals } from './fused-loop.ts';

/** The largest demand of a stage by default. */
const DEMAND = 1000;

/** An event that passed its checks, with the stamps of the reference; UTC milliseconds. */
interface StampedEvent {
  body: AnalyticsBody;
  timestamp: number;
  processedAt: number;
}

const rule = ruleOfAnalytics();
const baseCurrency = (): string => 'USD';

/** The pipeline's own check of parsed events: the contract's schema, the range of values, the time. */
function transform(event: object, now: number): StampedEvent | null {
  const checked = checkObject(rule, event, now, now, baseCurrency);
  if (!checked.ok) return null;
  return { body: checked.body as AnalyticsBody, timestamp: checked.occurredAt, processedAt: now };
}

/** The app's check and the app's aggregator on one line, and what it has summed up. */
export function analyticsLine(serviceTimes: LatencyHistogram | null, timeOrigin: number): Summing {
  const types = new TypeRegister({ types: [], frequent: null });
  const users = new UserSketches({ users: [], everUsers: null }, timeOrigin + performance.now());
  const aggregator = new EventAggregator(types, users, TYPE_NUMBERS);
  const line = new EventLine<object, StampedEvent>({
    demand: DEMAND,
    transform,
    aggregate: ({ body, timestamp }) => aggregator.take(body.type, body.value, timestamp, body.user_id),
    serviceTimes,
    timeOrigin,
  });
  return {
    run(events) {
      let next = 0;
      line.run({ take: (demand) => events.slice(next, (next += demand)) });
    },
    totals: () => totalsOf(aggregator, types),
  };
}

function totalsOf({ cells: table }: EventAggregator, register: TypeRegister): Totals {
  const totals: Totals = { events: 0, sum: 0, types: new Map() };
  let micros = 0;
  for (let row = 0; row < table.size; row += 1) {
    const figures = table.figures(row);
    const type = register.nameOf(table.cells.type[row] ?? 0);
    totals.events += figures.events;
    totals.sum += figures.units;
    micros += figures.micros;
    totals.types.set(type, (totals.types.get(type) ?? 0) + figures.events);
  }
  totals.sum += micros / 1e6;
  return totals;
}

function ruleOfAnalytics() {
  const found = FAMILY_RULES.get('analytics.event');
  if (found === undefined) throw new Error('there is no rule for analytics events');
  return found;
}
