import { Compile } from 'typebox/compile';
import { AnalyticsBody, MAX_EVENT_VALUE } from '../src-contract/event-bodies.ts';
import { emptySketch, sketchPlace } from '../src-main/lib/distinct-count.ts';
import type { LatencyHistogram } from '../src-main/lib/latency-histogram.ts';

const TYPES = 1002;
const SECONDS = 3600;

/** Sums by index: of types by their number, of seconds since the start. */
interface Sums {
  events: Float64Array;
  units: Float64Array;
  micros: Float64Array;
  min: Float64Array;
  max: Float64Array;
}

/** What was summed up, by which two ways of the same work are compared. */
export interface Totals {
  events: number;
  sum: number;
  types: Map<string, number>;
}

/** A way of summing events up. */
export interface Summing {
  run: (events: readonly object[]) => void;
  totals: () => Totals;
}

/**
 * The work of the line as one would write it by hand for this one purpose: everything in one function over bare arrays, with
 * nothing between the steps, and none of what the app needs besides (late events, more types than fit, restarts).
 */
export function fusedLoop(serviceTimes: LatencyHistogram, timeOrigin: number): Summing {
  const validator = Compile(AnalyticsBody);
  const numbers = new Map<string, number>();
  const types = emptySums(TYPES);
  const seconds = emptySums(SECONDS);
  const users = emptySketch();
  const firstSecond = Math.floor((timeOrigin + performance.now()) / 1000);
  function run(events: readonly object[]): void {
    let entered = performance.now();
    for (let index = 0; index < events.length; index += 1) {
      const body = events[index] as object;
      if (!validator.Check(body)) throw new Error('an event of the pool is invalid');
      const now = timeOrigin + entered;
      const stamped = { body, timestamp: now, processedAt: now };
      const { type, value, user_id: user } = stamped.body;
      let number = numbers.get(type);
      if (number === undefined) numbers.set(type, (number = numbers.size));
      const second = Math.floor(stamped.timestamp / 1000) - firstSecond;
      if (value !== undefined && Math.abs(value) <= MAX_EVENT_VALUE) {
        add(types, number, value);
        add(seconds, second, value);
      }
      if (user !== undefined) {
        const place = sketchPlace(user);
        const rank = place & 63;
        if (rank > (users[place >>> 6] as number)) users[place >>> 6] = rank;
      }
      const left = performance.now();
      serviceTimes.record((left - entered) * 1e6);
      entered = left;
    }
  }
  return { run, totals: () => totalsOf(types, numbers) };
}

function add({ events, units, micros, min, max }: Sums, index: number, value: number): void {
  events[index] = (events[index] as number) + 1;
  const whole = Math.trunc(value);
  units[index] = (units[index] as number) + whole;
  micros[index] = (micros[index] as number) + Math.round((value - whole) * 1e6);
  if (value < (min[index] as number)) min[index] = value;
  if (value > (max[index] as number)) max[index] = value;
}

function emptySums(count: number): Sums {
  const numbers = () => new Float64Array(count);
  return { events: numbers(), units: numbers(), micros: numbers(), min: numbers(), max: numbers() };
}

function totalsOf({ events, units, micros }: Sums, numbers: Map<string, number>): Totals {
  const sumUp = (column: Float64Array) => column.reduce((sum, one) => sum + one, 0);
  const types = new Map([...numbers].map(([type, number]) => [type, events[number] ?? 0]));
  return { events: sumUp(events), sum: sumUp(units) + sumUp(micros) / 1e6, types };
}
