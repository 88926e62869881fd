import { describe, expect, it } from 'vitest';
import { timelineEntry } from './portfolio-changes.ts';
import { ProjectionFixture, START } from './testing/projection-fixture.ts';

const held = (...symbols: string[]) => symbols.map((symbol) => ({ symbol, quantity: 1, avgPrice: 1 }));

describe('a timeline entry', () => {
  const event = new ProjectionFixture().event('portfolio.updated', START, {});

  it('names what came and went', () => {
    expect(timelineEntry(event, 'anna', 'updated', held('A', 'B'), held('B', 'C'))).toEqual({
      id: event.id,
      slug: 'anna',
      at: START,
      change: 'updated',
      holdingCount: 2,
      added: ['C'],
      removed: ['A'],
    });
  });

  it('names 50 symbols at most', () => {
    const many = held(...Array.from({ length: 200 }, (_, index) => `S${index}`));
    const entry = timelineEntry(event, 'anna', 'opted_in', [], many);
    expect([entry.added.length, entry.holdingCount]).toEqual([50, 200]);
  });
});
