import { describe, expect, it } from 'vitest';
import { freshnessOf, freshnessOfAll, noteOldest, PLAIN_RULES, type FreshnessRules } from './freshness.ts';

const NOW = Date.UTC(2026, 10, 21, 9, 30);
const polled: FreshnessRules = {
  of: (source) => ({ intervalMs: source === 'stocks' ? 5000 : null, breakerOpen: false }),
};
const open: FreshnessRules = {
  of: (source) => ({ ...polled.of(source), breakerOpen: source === 'stocks' }),
};

describe('the freshness of a price', () => {
  it('goes by age where the source has no interval: 15 s live, 37.5 s late', () => {
    const at = (age: number) => freshnessOf(NOW - age, 'nats', NOW, PLAIN_RULES);
    expect([at(0), at(15_000), at(15_001), at(37_500), at(37_501)]).toEqual([
      'live',
      'live',
      'late',
      'late',
      'stale',
    ]);
  });

  it('goes by the interval of its source: 2 of them live, 5 late', () => {
    const at = (age: number) => freshnessOf(NOW - age, 'stocks', NOW, polled);
    expect([at(10_000), at(10_001), at(25_000), at(25_001)]).toEqual(['live', 'late', 'late', 'stale']);
  });

  it('is overruled by an open breaker, for the source it keeps from polling only', () => {
    expect(freshnessOf(NOW, 'stocks', NOW, open)).toBe('breaker_open');
    expect(freshnessOf(NOW, 'nats', NOW, open)).toBe('live');
  });

  it('takes a price from the future for live', () => {
    expect(freshnessOf(NOW + 60_000, 'nats', NOW, PLAIN_RULES)).toBe('live');
  });
});

describe('the freshness of what many prices make', () => {
  const oldest = (...prices: [string, number][]) => {
    const map = new Map<string, number>();
    for (const [source, age] of prices) noteOldest(map, source, NOW - age);
    return map;
  };

  it('is that of the worst of them', () => {
    expect(freshnessOfAll(oldest(['nats', 0], ['nats', 20_000], ['nats', 1]), NOW, polled)).toBe('late');
    expect(freshnessOfAll(oldest(['nats', 12_000], ['stocks', 12_000]), NOW, polled)).toBe('late');
    expect(freshnessOfAll(oldest(['nats', 60_000], ['stocks', 0]), NOW, open)).toBe('breaker_open');
  });

  it('is none without a price', () => {
    expect(freshnessOfAll(new Map(), NOW, polled)).toBe('none');
  });
});
