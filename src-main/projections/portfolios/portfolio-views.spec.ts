import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { Holding, PortfolioSummary } from '../../../src-contract/portfolio.ts';
import { PLAIN_RULES } from '../quotes/freshness.ts';
import { holdingViews, percentOf, portfolioSummary } from './portfolio-views.ts';
import { ProjectionFixture, START, type Holdings } from './testing/projection-fixture.ts';

const DAY = 86_400_000;
const USD = (amount: string) => ({ amount, currency: 'USD' });

function shared(holdings: Holdings): ProjectionFixture {
  const fixture = new ProjectionFixture();
  fixture.optIn('anna', holdings);
  return fixture;
}

function registered(fixture: ProjectionFixture) {
  const portfolio = fixture.projection.registry.get('anna');
  if (portfolio === undefined) throw new Error('anna is not shared');
  return portfolio;
}

const summaryOf = (fixture: ProjectionFixture, now = START) =>
  portfolioSummary(registered(fixture), { currency: 'USD', now, rules: PLAIN_RULES });
const holdingsOf = (fixture: ProjectionFixture, now = START) =>
  holdingViews(registered(fixture), { currency: 'USD', now, rules: PLAIN_RULES });

describe('a portfolio in lists', () => {
  it('says what its holdings are worth, were bought for and gained', () => {
    const fixture = shared([
      ['A', 2, 10],
      ['B', 1, 5],
    ]);
    fixture.price('A', 12.5);
    fixture.price('B', 5);
    const summary = summaryOf(fixture);
    expect(Check(PortfolioSummary, summary)).toBe(true);
    expect(summary).toMatchObject({
      slug: 'anna',
      total_value: USD('30.00'),
      cost_basis: USD('25.00'),
      gain: USD('5.00'),
      gain_percent: 20,
      holding_count: 2,
      partial: false,
      as_of: '2026-11-21T09:30:00.000Z',
      source: 'nats',
      freshness: 'live',
    });
  });

  it('is partial while a holding has no price, and measures the gain against what has one', () => {
    const fixture = shared([
      ['A', 2, 10],
      ['B', 1, 1000],
    ]);
    fixture.price('A', 15);
    expect(summaryOf(fixture)).toMatchObject({
      total_value: USD('30.00'),
      cost_basis: USD('1020.00'),
      gain: USD('10.00'),
      gain_percent: 50,
      partial: true,
    });
  });

  it('has neither age nor source nor day change before the first price', () => {
    expect(summaryOf(shared([['A', 1, 1]]))).toMatchObject({
      as_of: null,
      source: null,
      freshness: 'none',
      day_change: null,
      day_change_percent: null,
    });
  });

  it('names several sources as such', () => {
    const fixture = shared([
      ['A', 1, 1],
      ['B', 1, 1],
    ]);
    fixture.price('A', 1, START, 'nats');
    fixture.price('B', 1, START, 'demo');
    expect(summaryOf(fixture).source).toBe('several');
  });

  it('tells its change since the first price of the UTC day', () => {
    const fixture = shared([['A', 10, 1]]);
    fixture.price('A', 100);
    fixture.price('A', 110, START + 1000);
    expect(summaryOf(fixture)).toMatchObject({ day_change: USD('100.00'), day_change_percent: 10 });
  });

  it('counts a holding without a price of today as unchanged, at its last value', () => {
    const fixture = shared([
      ['A', 1, 1],
      ['B', 1, 1],
    ]);
    fixture.price('B', 50, START - DAY);
    fixture.price('B', 100, START - DAY + 1);
    fixture.price('A', 100);
    fixture.price('A', 110, START + 1);
    expect(summaryOf(fixture)).toMatchObject({ day_change: USD('10.00'), day_change_percent: 5 });
  });

  it('has no day change when no price is of today', () => {
    const fixture = shared([['A', 1, 1]]);
    fixture.price('A', 100);
    expect(summaryOf(fixture, START + DAY)).toMatchObject({ day_change: null, day_change_percent: null });
  });

  it('is stale while its worker is down, with the values it had', () => {
    const fixture = shared([['A', 1, 1]]);
    fixture.price('A', 3);
    fixture.projection.registry.breakWorker('anna');
    expect(summaryOf(fixture)).toMatchObject({ total_value: USD('3.00'), freshness: 'stale' });
  });

  it('whose worker never ran is empty, partial and stale', () => {
    const fixture = shared([['A', 1, 1]]);
    const portfolio = { ...registered(fixture), metrics: null, running: false };
    expect(portfolioSummary(portfolio, { currency: 'USD', now: START, rules: PLAIN_RULES })).toMatchObject({
      total_value: USD('0.00'),
      partial: true,
      holding_count: 1,
      freshness: 'stale',
    });
    expect(holdingViews(portfolio, { currency: 'USD', now: START, rules: PLAIN_RULES })).toEqual([]);
  });
});

describe('a holding', () => {
  it('says its price, value, gain and share of the total', () => {
    const fixture = shared([
      ['A', 3, 10],
      ['B', 1, 10],
    ]);
    fixture.price('A', 20);
    fixture.price('B', 20);
    const [first] = holdingsOf(fixture);
    expect(Check(Holding, first)).toBe(true);
    expect(first).toMatchObject({
      symbol: 'A',
      quantity: 3,
      avg_price: 10,
      price: 20,
      value: USD('60.00'),
      cost: USD('30.00'),
      gain: USD('30.00'),
      gain_percent: 100,
      weight: 0.75,
    });
  });

  it('has weights that add up to 1 where all have a price', () => {
    const fixture = shared([
      ['A', 1, 1],
      ['B', 2, 1],
      ['C', 3, 1],
    ]);
    for (const symbol of ['A', 'B', 'C']) fixture.price(symbol, 7);
    expect(holdingsOf(fixture).reduce((sum, { weight }) => sum + (weight ?? 0), 0)).toBeCloseTo(1, 12);
  });

  it('has no value, gain or weight without a price, and no gain in percent without a cost', () => {
    const fixture = shared([
      ['A', 1, 1],
      ['B', 1, 0],
    ]);
    fixture.price('B', 1);
    expect(holdingsOf(fixture)).toMatchObject([
      {
        price: null,
        value: null,
        gain: null,
        gain_percent: null,
        weight: null,
        freshness: 'none',
        as_of: null,
      },
      { gain: USD('1.00'), gain_percent: null, weight: 1 },
    ]);
  });

  it('has no weight in a portfolio that is worth nothing', () => {
    const fixture = shared([['A', 0, 1]]);
    fixture.price('A', 5);
    expect(holdingsOf(fixture)).toMatchObject([{ value: USD('0.00'), weight: null }]);
  });
});

describe('percentOf', () => {
  it('is null of nothing', () => {
    expect([percentOf(1, 4), percentOf(-1, 4), percentOf(1, 0)]).toEqual([25, -25, null]);
  });
});
