import { describe, expect, it } from 'vitest';
import { Compile } from 'typebox/compile';
import { ActivityBody, AnalyticsBody } from '../../src-contract/event-bodies.ts';
import { seededRandom } from '../../src-main/lib/random.ts';
import { EventMaker, type EventMakerOptions } from './event-maker.ts';

const makerOf = (options: Partial<EventMakerOptions> = {}) =>
  new EventMaker({ events: 'analytics', bad: 0, repeated: 0, run: 'r', random: seededRandom(3), ...options });

const many = (maker: EventMaker) => Array.from({ length: 10_000 }, () => maker.next());

describe.each(['analytics', 'activity'] as const)('events of the load generator: %s', (events) => {
  const schema = Compile(events === 'activity' ? ActivityBody : AnalyticsBody);

  it('are the same for the same seed, and others for another', () => {
    expect(many(makerOf({ events }))).toEqual(many(makerOf({ events })));
    expect(many(makerOf({ events, random: seededRandom(4) }))).not.toEqual(many(makerOf({ events })));
  });

  it('fit their schema, but for as many as are to be bad', () => {
    const maker = makerOf({ events, bad: 5 });
    const soon = Date.now() + 60_000;
    const isGood = (text: string): boolean => {
      const event = JSON.parse(text) as { occurred_at?: string };
      return schema.Check(event) && Date.parse(event.occurred_at ?? '1970-01-01') < soon;
    };
    const bad = many(maker).filter((text) => !isGood(text)).length;
    expect(bad).toBe(maker.counts.bad);
    expect(bad).toBeGreaterThan(400);
    expect(bad).toBeLessThan(600);
  });

  it('come again as often as they are to, word for word, and have names then', () => {
    const maker = makerOf({ events, repeated: 10 });
    const texts = many(maker);
    expect(texts.length - new Set(texts).size).toBe(maker.counts.repeated);
    expect(maker.counts.repeated).toBeGreaterThan(900);
    expect(texts.every((text) => text.includes('"id":"r-'))).toBe(true);
  });
});
