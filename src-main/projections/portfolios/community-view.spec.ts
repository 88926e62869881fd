import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { Community } from '../../../src-contract/portfolio.ts';
import { PLAIN_RULES } from '../quotes/freshness.ts';
import { communityView } from './community-view.ts';
import { ProjectionFixture, START } from './testing/projection-fixture.ts';

const DAY = 86_400_000;
const USD = (amount: string) => ({ amount, currency: 'USD' });

function viewOf(fixture: ProjectionFixture, now = START): Community {
  const view = communityView(fixture.projection, 2, { currency: 'USD', now, rules: PLAIN_RULES });
  expect(Check(Community, view)).toBe(true);
  return view;
}

describe('the community', () => {
  it('adds up what all shared portfolios say of themselves', () => {
    const fixture = new ProjectionFixture();
    fixture.optIn('anna', [['A', 1, 1.004]]);
    fixture.optIn('ben', [
      ['A', 1, 1.004],
      ['B', 2, 10],
    ]);
    fixture.price('A', 1.005);
    fixture.price('B', 11);
    expect(viewOf(fixture)).toMatchObject({
      portfolio_count: 2,
      total_value: USD('24.02'),
      cost_basis: USD('22.00'),
      gain: USD('2.02'),
      partial: false,
      symbol_count: 2,
      as_of: '2026-11-21T09:30:00.000Z',
      source: 'nats',
      freshness: 'live',
    });
  });

  it('of nobody is empty and whole', () => {
    expect(viewOf(new ProjectionFixture())).toMatchObject({
      portfolio_count: 0,
      total_value: USD('0.00'),
      gain_percent: null,
      day_change: null,
      day_change_percent: null,
      partial: false,
      most_held: [],
      movers: [],
      recent: [],
      as_of: null,
      source: null,
      freshness: 'none',
    });
  });

  it('is partial when one portfolio is, or has never been computed', () => {
    const fixture = new ProjectionFixture();
    fixture.optIn('anna', [['A', 1, 1]]);
    expect(viewOf(fixture).partial).toBe(true);
    fixture.price('A', 1);
    expect(viewOf(fixture).partial).toBe(false);
    const anna = fixture.projection.registry.get('anna');
    if (anna !== undefined) anna.metrics = null;
    expect(viewOf(fixture)).toMatchObject({ partial: true, total_value: USD('0.00'), portfolio_count: 1 });
  });

  it('is as old as the oldest price in it', () => {
    const fixture = new ProjectionFixture();
    fixture.optIn('anna', [['A', 1, 1]]);
    fixture.optIn('ben', [['B', 1, 1]]);
    fixture.price('A', 1, START);
    fixture.price('B', 1, START - 60_000);
    expect(viewOf(fixture)).toMatchObject({ as_of: '2026-11-21T09:29:00.000Z', freshness: 'stale' });
  });

  it('tells the change of the day, null when no price is of today', () => {
    const fixture = new ProjectionFixture();
    fixture.optIn('anna', [['A', 1, 1]]);
    fixture.optIn('ben', [['B', 1, 1]]);
    fixture.price('B', 100, START - DAY);
    fixture.price('A', 100);
    fixture.price('A', 120, START + 1);
    expect(viewOf(fixture)).toMatchObject({ day_change: USD('20.00'), day_change_percent: 10 });
    expect(viewOf(fixture, START + DAY)).toMatchObject({ day_change: null, day_change_percent: null });
  });

  it('lists the 10 symbols held by most, with what is held of them', () => {
    const fixture = new ProjectionFixture();
    const symbols = Array.from({ length: 12 }, (_, index) => `S${String(index).padStart(2, '0')}`);
    fixture.optIn(
      'anna',
      symbols.map((symbol) => [symbol, 1, 1]),
    );
    fixture.optIn('ben', [['S11', 2, 1]]);
    fixture.price('S11', 1.005);
    const { most_held: mostHeld } = viewOf(fixture);
    expect(mostHeld).toHaveLength(10);
    expect(mostHeld[0]).toEqual({ symbol: 'S11', portfolios: 2, value: USD('3.02'), price: 1.005 });
    expect(mostHeld[1]).toEqual({ symbol: 'S00', portfolios: 1, value: USD('0.00'), price: null });
  });

  it('lists the 8 portfolios that moved most in percent, up or down', () => {
    const fixture = new ProjectionFixture();
    for (let index = 0; index < 10; index++) fixture.optIn(`p${index}`, [[`S${index}`, 1, 1]]);
    for (let index = 0; index < 10; index++) fixture.price(`S${index}`, 100);
    for (let index = 0; index < 10; index++) {
      fixture.price(`S${index}`, index % 2 === 0 ? 100 - index : 100 + index, START + 1);
    }
    fixture.optIn('still', [['NONE', 1, 1]]);
    const { movers } = viewOf(fixture);
    expect(movers.map(({ slug }) => slug)).toEqual(['p9', 'p8', 'p7', 'p6', 'p5', 'p4', 'p3', 'p2']);
    expect(movers[1]).toEqual({
      slug: 'p8',
      total_value: USD('92.00'),
      day_change: USD('-8.00'),
      day_change_percent: -8,
    });
  });

  it('lists the latest 12 opt-ins and opt-outs, newest first, and neither ignored events nor updates', () => {
    const fixture = new ProjectionFixture();
    for (let index = 0; index < 14; index++) fixture.optIn(`p${index}`, [], START + index);
    fixture.update('p1', [], START + 20);
    fixture.update('ghost', [], START + 21);
    fixture.optOut('p13', START + 30);
    const { recent } = viewOf(fixture);
    expect(recent).toHaveLength(12);
    expect(recent.slice(0, 3).map(({ slug, change }) => [slug, change])).toEqual([
      [null, 'opted_out'],
      [null, 'opted_in'],
      ['p12', 'opted_in'],
    ]);
  });

  it('names an opted-out portfolio nowhere', () => {
    const fixture = new ProjectionFixture();
    fixture.price('A', 1);
    fixture.optIn('anna-secret', [['A', 1, 1]]);
    fixture.price('A', 2, START + 1);
    expect(JSON.stringify(viewOf(fixture))).toContain('anna-secret');
    fixture.optOut('anna-secret', START + 2);
    expect(JSON.stringify(viewOf(fixture))).not.toContain('secret');
  });

  it('goes on without a portfolio whose worker failed for good: its last values stay in the totals', async () => {
    const fixture = new ProjectionFixture();
    fixture.price('A', 1);
    fixture.optIn('anna', [['A', 1, 1]]);
    fixture.optIn('ben', [['A', 1, 1]]);
    fixture.projection.registry.breakWorker('anna');
    await fixture.clock.advance(60_000);
    fixture.price('A', 2, START + 1);
    expect(fixture.supervisor.get('portfolio:anna')?.state).toBe('failed');
    expect(viewOf(fixture)).toMatchObject({ portfolio_count: 2, total_value: USD('3.00') });
  });
});
