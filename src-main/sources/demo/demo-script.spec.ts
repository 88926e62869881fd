import fc from 'fast-check';
import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { EVENT_BODIES } from '../../../src-contract/event-bodies.ts';
import { seededRandom } from '../../lib/random.ts';
import { DemoMarket } from './demo-market.ts';
import { DEMO_SLUGS, worthOf } from './demo-portfolios.ts';
import { DemoScript, type DemoEvent } from './demo-script.ts';

function script(seed: number, shared: string[] = []): DemoScript {
  const market = new DemoMarket(seededRandom(seed), () => null);
  return new DemoScript(seededRandom(seed), market, shared);
}

/** What is shared after these events, told independently; throws when one of them makes no sense. */
function after(events: DemoEvent[], before: readonly string[] = []): Set<string> {
  const shared = new Set(before);
  for (const { family, body } of events) {
    const expected = family !== 'portfolio.opted_in';
    if (shared.has(body.slug) !== expected) throw new Error(`${family} of ${body.slug}`);
    if (family === 'portfolio.opted_in') shared.add(body.slug);
    if (family === 'portfolio.opted_out') shared.delete(body.slug);
  }
  return shared;
}

describe('DemoScript', () => {
  it('shares 40 portfolios at first', () => {
    expect(after(script(7).fill()).size).toBe(40);
  });

  it('goes on with what an earlier run left shared', () => {
    const left = DEMO_SLUGS.slice(0, 35);
    const going = script(7, left);
    const joined = going.fill();
    expect(joined).toHaveLength(5);
    expect(after(joined, left).size).toBe(40);
    expect(after([...joined, ...Array.from({ length: 200 }, () => going.next())], left).size).toBeGreaterThan(
      38,
    );
  });

  it('keeps 39 or 40 shared: whoever leaves is followed by the next at once', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const going = script(seed);
        const events = going.fill();
        for (let step = 0; step < 100; step += 1) {
          events.push(going.next());
          expect([39, 40]).toContain(after(events).size);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('lets somebody follow who brings about as much as the one who left', () => {
    const market = new DemoMarket(seededRandom(9), () => null);
    const going = new DemoScript(seededRandom(9), market, []);
    const worth = new Map<string, number>();
    const ratios: number[] = [];
    let left: number | null = null;
    for (const { family, body } of [...going.fill(), ...Array.from({ length: 5000 }, () => going.next())]) {
      if (family === 'portfolio.opted_out') left = worth.get(body.slug) ?? 0;
      else worth.set(body.slug, worthOf(body.holdings ?? [], market));
      if (family !== 'portfolio.opted_in' || left === null) continue;
      ratios.push((worth.get(body.slug) ?? 0) / left);
      left = null;
    }
    expect(ratios.length).toBeGreaterThan(20);
    expect(ratios.filter((ratio) => ratio > 0.8 && ratio < 1.25).length / ratios.length).toBeGreaterThan(0.9);
  });

  it('makes only bodies that pass their schemas, of 3 to 15 holdings of different symbols', () => {
    const going = script(3);
    for (const { family, body } of [...going.fill(), ...Array.from({ length: 500 }, () => going.next())]) {
      expect(Check(EVENT_BODIES[family], body)).toBe(true);
      const symbols = (body.holdings ?? []).map(({ symbol }) => symbol);
      expect(new Set(symbols).size).toBe(symbols.length);
      if (family !== 'portfolio.opted_out') {
        expect(symbols.length).toBeGreaterThanOrEqual(3);
        expect(symbols.length).toBeLessThanOrEqual(15);
      }
    }
  });

  it('lets portfolios trade, leave and join in the course of time', () => {
    const going = script(5);
    going.fill();
    const families = new Set(Array.from({ length: 2000 }, () => going.next().family));
    expect(families).toEqual(new Set(['portfolio.updated', 'portfolio.opted_out', 'portfolio.opted_in']));
  });
});
