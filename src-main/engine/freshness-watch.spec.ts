import { describe, expect, it } from 'vitest';
import { ProjectionFixture, START } from '../projections/portfolios/testing/projection-fixture.ts';
import { PLAIN_RULES } from '../projections/quotes/freshness.ts';
import { FreshnessWatch } from './freshness-watch.ts';

function harness() {
  const fixture = new ProjectionFixture();
  fixture.optIn('anna', [
    ['A', 1, 1],
    ['B', 1, 1],
  ]);
  fixture.optIn('ben', [['A', 1, 1]]);
  fixture.price('A', 1, START);
  fixture.price('B', 1, START - 60_000);
  const watch = new FreshnessWatch();
  const read = new Set<string>();
  return {
    fixture,
    read,
    look: (at: number) =>
      watch.changed(fixture.projection.registry.all(), at, PLAIN_RULES, (slug) => read.has(slug)),
  };
}

describe('the freshness watch', () => {
  it('finds nothing at the first look, and then what has aged by itself', () => {
    const { look } = harness();
    expect(look(START)).toEqual([]);
    expect(look(START + 15_000)).toEqual([]);
    expect(look(START + 15_001)).toEqual(['ben']);
    expect(look(START + 15_002)).toEqual([]);
    expect(look(START + 37_501)).toEqual(['ben']);
  });

  it('finds a single holding that aged, where somebody looks at it', () => {
    const { look, read } = harness();
    read.add('anna');
    look(START);
    expect(look(START + 15_001)).toEqual(['anna', 'ben']);
  });

  it('finds what came back to life', () => {
    const { look, fixture } = harness();
    look(START + 40_000);
    fixture.price('A', 2, START + 40_000);
    expect(look(START + 40_001)).toEqual(['ben']);
  });

  it('forgets who has left', () => {
    const { look, fixture } = harness();
    look(START);
    fixture.optOut('ben');
    expect(look(START + 20_000)).toEqual([]);
  });
});
