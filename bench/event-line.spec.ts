import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLine, type EventLineOptions } from './event-line.ts';
import { LatencyHistogram } from '../src-main/lib/latency-histogram.ts';

/** A line over numbers that rejects negative ones and keeps what leaves it. */
function lineOf(options: Partial<EventLineOptions<number, { event: number; at: number }>> = {}) {
  const left: { event: number; at: number }[] = [];
  const line = new EventLine<number, { event: number; at: number }>({
    demand: 100,
    transform: (event, at) => (event < 0 ? null : { event, at }),
    aggregate: (event) => left.push(event),
    serviceTimes: null,
    timeOrigin: 1e12,
    ...options,
  });
  return { line, left };
}

function producerOf(events: readonly number[]) {
  const asked: number[] = [];
  let next = 0;
  const take = (demand: number) => {
    asked.push(demand);
    return events.slice(next, (next += Math.min(demand, 7)));
  };
  return { take, asked };
}

describe('EventLine', () => {
  it('passes every event on in order, or counts it as rejected, measured or not', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.boolean(), (events, measured) => {
        const serviceTimes = measured ? new LatencyHistogram() : null;
        const { line, left } = lineOf({ serviceTimes });
        line.run(producerOf(events));
        const good = events.filter((event) => event >= 0);
        expect(left.map(({ event }) => event)).toEqual(good);
        expect(line.counts).toEqual({ aggregated: good.length, rejected: events.length - good.length });
        expect(serviceTimes?.count ?? events.length).toBe(events.length);
      }),
    );
  });

  it('asks for no more than its demand, and only when it is done with what it has', () => {
    const { take, asked } = producerOf([1, 2, 3, 4, 5, 6, 7, 8]);
    const { line, left } = lineOf({ demand: 5 });
    const leftWhenAsked: number[] = [];
    line.run({
      take: (demand) => {
        leftWhenAsked.push(left.length);
        return take(demand);
      },
    });
    expect(asked).toEqual([5, 5, 5]);
    expect(leftWhenAsked).toEqual([0, 5, 8]);
  });

  it('stamps events with the wall clock', () => {
    const { line, left } = lineOf({ timeOrigin: 5e12, serviceTimes: new LatencyHistogram() });
    const before = performance.now();
    line.run(producerOf([1, 2]));
    for (const { at } of left) {
      expect(at).toBeGreaterThanOrEqual(5e12 + Math.floor(before));
      expect(at).toBeLessThanOrEqual(5e12 + Math.ceil(performance.now()));
    }
  });

  it('measures each event from entering the transformer to leaving the aggregator', () => {
    const serviceTimes = new LatencyHistogram();
    const spend = (ms: number) => {
      const until = performance.now() + ms;
      while (performance.now() < until);
    };
    const { line } = lineOf({
      serviceTimes,
      transform: (event, at) => {
        spend(event === 2 ? 3 : 0);
        return { event, at };
      },
      aggregate: ({ event }) => spend(event === 2 ? 2 : 0),
    });
    line.run(producerOf([1, 2]));
    expect(serviceTimes.max).toBeGreaterThanOrEqual(5e6);
    expect(serviceTimes.count).toBe(2);
  });
});
