import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuoteRecord } from '../../../src-contract/checkpoint.ts';
import { portfolioMetrics } from './portfolio-metrics.ts';

const AT = 1_000_000;

function quote(symbol: string, price: number, occurredAt = AT, dayOpen = price): QuoteRecord {
  return {
    source: 'nats',
    symbol,
    currency: null,
    price,
    changePercent: null,
    occurredAt,
    day: 0,
    dayOpen,
    dayOpenAt: 0,
  };
}

function metricsOf(holdings: [string, number, number][], quotes: QuoteRecord[]) {
  return portfolioMetrics(
    holdings.map(([symbol, quantity, avgPrice]) => ({ symbol, quantity, avgPrice })),
    (symbol) => quotes.find((known) => known.symbol === symbol) ?? null,
    2,
  );
}

describe('portfolio metrics', () => {
  it('round every part and add the rounded parts', () => {
    const metrics = metricsOf(
      [
        ['A', 1, 1.004],
        ['B', 1, 1.004],
        ['C', 1, 1.004],
      ],
      [quote('A', 1.005), quote('B', 1.005), quote('C', 1.005)],
    );
    expect(metrics).toMatchObject({ totalValue: 303, costBasis: 300, gain: 3, partial: false });
  });

  it('leave a holding without a price out of value and gain, and say so', () => {
    const metrics = metricsOf(
      [
        ['A', 2, 10],
        ['B', 1, 5],
      ],
      [quote('A', 12)],
    );
    expect(metrics).toMatchObject({
      totalValue: 2400,
      costBasis: 2500,
      gain: 400,
      pricedCost: 2000,
      partial: true,
    });
    expect(metrics.holdings[1]).toMatchObject({ quote: null, value: null, gain: null, cost: 500 });
  });

  it('are as old as the oldest price used', () => {
    const holdings: [string, number, number][] = [
      ['A', 1, 1],
      ['B', 1, 1],
    ];
    expect(metricsOf(holdings, [quote('A', 1, 50), quote('B', 1, 70)]).asOf).toBe(50);
    expect(metricsOf(holdings, []).asOf).toBeNull();
  });

  it('of nothing are zero and whole', () => {
    expect(metricsOf([], [])).toMatchObject({
      totalValue: 0,
      costBasis: 0,
      gain: 0,
      partial: false,
      asOf: null,
    });
  });

  it('leave out a holding whose cost, value or opening is too large to be exact', () => {
    for (const [avgPrice, price, dayOpen] of [
      [1e9, 1, 1],
      [1, 1e9, 1],
      [1, 1, 1e9],
    ] as const) {
      const metrics = metricsOf(
        [
          ['BIG', 1e12, avgPrice],
          ['A', 1, 1],
        ],
        [quote('BIG', price, AT, dayOpen), quote('A', 2)],
      );
      expect(metrics).toMatchObject({ totalValue: 200, gain: 100, pricedCost: 100, partial: true });
      expect(metrics.holdings[0]).toMatchObject({ value: null, gain: null, dayOpenValue: null });
    }
  });

  it('stay exact integers however much is held: what does not fit any more is left out', () => {
    const holdings = Array.from({ length: 50 }, (_, index): [string, number, number] => [
      `S${index}`,
      9e11,
      90,
    ]);
    const metrics = metricsOf(
      holdings,
      holdings.map(([symbol]) => quote(symbol, 90)),
    );
    expect(Number.isSafeInteger(metrics.totalValue)).toBe(true);
    expect(Number.isSafeInteger(metrics.costBasis)).toBe(true);
    expect(metrics.totalValue).toBe(8.1e15);
    expect(metrics.partial).toBe(true);
  });

  it('equal an independent computation in whole tenths of cents', () => {
    const holding = fc.record({
      quantity: fc.integer({ min: 0, max: 1e6 }),
      avgMills: fc.integer({ min: 0, max: 1e7 }),
      priceMills: fc.option(fc.integer({ min: 1, max: 1e7 })),
    });
    fc.assert(
      fc.property(fc.array(holding, { maxLength: 20 }), (holdings) => {
        const cents = (quantity: number, mills: number) => Math.floor((quantity * mills + 5) / 10);
        const quotes = holdings.flatMap(({ priceMills }, index) =>
          priceMills === null ? [] : [quote(`S${index}`, priceMills / 1000)],
        );
        const metrics = metricsOf(
          holdings.map(({ quantity, avgMills }, index) => [`S${index}`, quantity, avgMills / 1000]),
          quotes,
        );
        let value = 0;
        let cost = 0;
        let pricedCost = 0;
        for (const { quantity, avgMills, priceMills } of holdings) {
          cost += cents(quantity, avgMills);
          if (priceMills === null) continue;
          value += cents(quantity, priceMills);
          pricedCost += cents(quantity, avgMills);
        }
        expect(metrics).toMatchObject({
          totalValue: value,
          costBasis: cost,
          gain: value - pricedCost,
          pricedCost,
        });
        expect(metrics.partial).toBe(quotes.length < holdings.length);
      }),
    );
  });
});
