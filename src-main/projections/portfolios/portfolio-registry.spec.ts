import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HoldingRecord, QuoteRecord } from '../../../src-contract/checkpoint.ts';
import { seededRandom } from '../../lib/random.ts';
import { Supervisor } from '../../lib/supervisor.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { PortfolioRegistry, workerId } from './portfolio-registry.ts';

class Harness {
  readonly clock = new VirtualClock(0);
  readonly supervisor = new Supervisor({ clock: this.clock, random: seededRandom(1) });
  readonly recomputed: string[] = [];
  readonly quotes = new Map<string, QuoteRecord>();
  /** Symbols whose price makes a worker throw. */
  readonly poison = new Set<string>();
  readonly registry = new PortfolioRegistry(
    this.supervisor,
    { decimals: 2, quoteOf: (symbol) => this.#quoteOf(symbol) },
    (slug) => this.recomputed.push(slug),
  );

  put(slug: string, ...symbols: string[]): void {
    const holdings = symbols.map((symbol): HoldingRecord => ({ symbol, quantity: 1, avgPrice: 1 }));
    this.registry.put({ slug, optedInAt: 0, updatedAt: 0, holdings });
  }

  setPrice(symbol: string, price: number): void {
    this.quotes.set(symbol, {
      source: 'nats',
      symbol,
      currency: null,
      price,
      changePercent: null,
      occurredAt: 1,
      day: 0,
      dayOpen: price,
      dayOpenAt: 1,
    });
  }

  holders(symbol: string): string[] {
    return [...this.registry.holders(symbol)].sort();
  }

  #quoteOf(symbol: string): QuoteRecord | null {
    if (this.poison.has(symbol)) throw new Error(`cannot price ${symbol}`);
    return this.quotes.get(symbol) ?? null;
  }
}

describe('the registry', () => {
  it('finds portfolios by slug, and by what they hold', () => {
    const harness = new Harness();
    harness.put('anna', 'A', 'B');
    harness.put('ben', 'B');
    expect(harness.registry.get('anna')?.record.slug).toBe('anna');
    expect(harness.registry.get('nobody')).toBeUndefined();
    expect([harness.holders('A'), harness.holders('B'), harness.holders('C')]).toEqual([
      ['anna'],
      ['anna', 'ben'],
      [],
    ]);
  });

  it('keeps the index of symbols true through replacements and deletions', () => {
    const symbols = fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D'), { maxLength: 4 });
    const change = fc.record({ slug: fc.constantFrom('anna', 'ben', 'cleo'), symbols: fc.option(symbols) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        const harness = new Harness();
        const expected = new Map<string, string[]>();
        for (const { slug, symbols: held } of changes) {
          if (held === null) harness.registry.delete(slug);
          else harness.put(slug, ...held);
          if (held === null) expected.delete(slug);
          else expected.set(slug, held);
        }
        const index = new Map(
          [...harness.registry.symbols()].map(([symbol]) => [symbol, harness.holders(symbol)]),
        );
        const wanted = new Map<string, string[]>();
        for (const [slug, held] of [...expected].sort()) {
          for (const symbol of held) wanted.set(symbol, [...(wanted.get(symbol) ?? []), slug]);
        }
        expect(index).toEqual(wanted);
        expect(new Set(harness.registry.slugs())).toEqual(new Set(expected.keys()));
        expect(harness.registry.size).toBe(expected.size);
        expect(
          harness.supervisor
            .states()
            .map(({ id }) => id)
            .sort(),
        ).toEqual([...expected.keys()].map(workerId).sort());
      }),
    );
  });

  it('looks up in the same time however many there are: ten thousand cost nothing', () => {
    const harness = new Harness();
    for (let index = 0; index < 10_000; index++) harness.put(`s${index}`, 'A');
    const all = harness.registry.holders('A');
    expect(harness.registry.holders('A')).toBe(all);
    expect(all.size).toBe(10_000);
  });

  it('computes at once with the prices there are, and again when asked', () => {
    const harness = new Harness();
    harness.setPrice('A', 5);
    harness.put('anna', 'A');
    expect(harness.registry.get('anna')?.metrics?.totalValue).toBe(500);
    harness.setPrice('A', 6);
    harness.registry.recompute('anna');
    expect(harness.registry.get('anna')?.metrics?.totalValue).toBe(600);
    expect(harness.recomputed).toEqual(['anna', 'anna']);
  });

  it('leaves an unknown slug alone', () => {
    const harness = new Harness();
    harness.registry.recompute('ghost');
    harness.registry.delete('ghost');
    harness.registry.breakWorker('ghost');
    harness.registry.repair(workerId('ghost'));
    expect(harness.recomputed).toEqual([]);
  });
});

describe('a worker that throws', () => {
  it('is restarted alone, keeps its last metrics, and counts as not running meanwhile', async () => {
    const harness = new Harness();
    harness.setPrice('A', 5);
    harness.put('anna', 'A');
    harness.put('ben', 'B');
    harness.poison.add('A');
    harness.registry.recompute('anna');
    expect(harness.registry.get('anna')).toMatchObject({ running: false, metrics: { totalValue: 500 } });
    expect(harness.supervisor.get('portfolio:anna')).toMatchObject({
      state: 'backing_off',
      lastError: { message: 'cannot price A' },
    });
    expect(harness.supervisor.get('portfolio:ben')).toMatchObject({ state: 'running', restarts: 0 });
    harness.poison.clear();
    harness.setPrice('A', 7);
    await harness.clock.advance(50);
    expect(harness.registry.get('anna')).toMatchObject({ running: true, metrics: { totalValue: 700 } });
  });

  it('at its very start is registered all the same, without metrics', async () => {
    const harness = new Harness();
    harness.poison.add('A');
    harness.put('anna', 'A');
    expect(harness.registry.get('anna')).toMatchObject({ running: false, metrics: null });
    harness.poison.clear();
    await harness.clock.advance(50);
    expect(harness.registry.get('anna')?.running).toBe(true);
  });

  it('too often is failed for good; the others go on, also while its holdings change', async () => {
    const harness = new Harness();
    harness.put('anna', 'A');
    harness.put('ben', 'A', 'B');
    harness.registry.breakWorker('anna');
    await harness.clock.advance(60_000);
    expect(harness.supervisor.get('portfolio:anna')?.state).toBe('failed');
    harness.setPrice('B', 3);
    harness.registry.recompute('ben');
    expect(harness.registry.get('ben')).toMatchObject({ running: true, metrics: { totalValue: 300 } });
    harness.put('anna', 'B');
    expect(harness.registry.get('anna')?.running).toBe(false);
    expect(harness.holders('B')).toEqual(['anna', 'ben']);
  });

  it('on purpose runs again once it is repaired and restarted by hand', async () => {
    const harness = new Harness();
    harness.put('anna', 'A');
    harness.registry.breakWorker('anna');
    expect(harness.supervisor.get('portfolio:anna')?.lastError?.message).toContain('fault drill');
    await harness.clock.advance(60_000);
    harness.registry.repair(workerId('anna'));
    await harness.supervisor.restart(workerId('anna'));
    harness.setPrice('A', 2);
    harness.registry.recompute('anna');
    expect(harness.registry.get('anna')).toMatchObject({ running: true, metrics: { totalValue: 200 } });
    expect(harness.supervisor.get('portfolio:anna')?.state).toBe('running');
  });

  it('is gone with its portfolio, whatever it was waiting for', async () => {
    const harness = new Harness();
    harness.put('anna', 'A');
    harness.registry.breakWorker('anna');
    harness.registry.delete('anna');
    await harness.clock.advance(60_000);
    expect(harness.supervisor.get('portfolio:anna')).toBeUndefined();
    expect(harness.clock.pending).toBe(0);
    harness.put('anna', 'A');
    expect(harness.registry.get('anna')?.running).toBe(true);
  });
});
