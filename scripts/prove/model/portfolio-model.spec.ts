import { describe, expect, it } from 'vitest';
import { PortfolioModel } from './portfolio-model.ts';
import { portfolioScript, type ScriptedEvent } from './portfolio-script.ts';

const holding = (symbol: string, quantity: string, avgPrice: string) => ({ symbol, quantity, avgPrice });
const price = (symbol: string, value: string, at: number | null = null): ScriptedEvent => ({
  family: 'stock.price_updated',
  symbol,
  price: value,
  at,
});

describe('the model of portfolios', () => {
  it('adds rounded rows, leaves out what has no price, and gives each its weight', () => {
    const holdings = [holding('a', '1', '1.004'), holding('B', '3', '1.005'), holding('NONE', '2', '4')];
    const model = new PortfolioModel([
      { family: 'portfolio.opted_in', slug: 'anna', holdings, at: null },
      price('A', '2'),
      price('b ', '1.995'),
    ]);
    expect(model.portfolio('anna')).toMatchObject({ value: 799n, cost: 1202n, gain: 397n, partial: true });
    expect(model.portfolio('anna')?.holdings.map(({ weight }) => weight)).toEqual([
      200 / 799,
      599 / 799,
      null,
    ]);
  });

  it('joins the same symbol at its weighted average price', () => {
    const holdings = [holding('A', '1', '10'), holding('a', '3', '20')];
    const model = new PortfolioModel([{ family: 'portfolio.opted_in', slug: 'anna', holdings, at: null }]);
    expect(model.portfolio('anna')?.holdings).toMatchObject([{ symbol: 'A', quantity: 4, avgPrice: 17.5 }]);
  });

  it('takes a late price for what it is', () => {
    const model = new PortfolioModel([price('A', '2', 100), price('A', '3', 50)]);
    model.take({ family: 'portfolio.opted_in', slug: 'anna', holdings: [holding('A', '1', '1')], at: null });
    expect(model.portfolio('anna')?.holdings[0]?.price).toBe(2);
  });

  it('ignores updates of what is not shared and forgets what opted out', () => {
    const model = new PortfolioModel([
      { family: 'portfolio.updated', slug: 'anna', holdings: [], at: null },
      { family: 'portfolio.opted_in', slug: 'ben', holdings: [], at: null },
      { family: 'portfolio.opted_out', slug: 'ben', at: null },
    ]);
    expect([model.shared, model.slugs]).toEqual([[], ['anna', 'ben']]);
  });
});

describe('a script', () => {
  it('has the events and slugs asked for, all four kinds, and is the same for the same seed', () => {
    const size = { events: 2000, slugs: 90 };
    const script = portfolioScript(7, size, 1e12);
    expect(script).toHaveLength(2000);
    expect(new PortfolioModel(script).slugs).toHaveLength(90);
    expect(new Set(script.map(({ family }) => family)).size).toBe(4);
    expect(portfolioScript(7, size, 1e12)).toEqual(script);
    expect(portfolioScript(8, size, 1e12)).not.toEqual(script);
  });
});
