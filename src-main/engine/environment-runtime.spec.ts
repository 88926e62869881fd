import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { communityView } from '../projections/portfolios/community-view.ts';
import { PLAIN_RULES } from '../projections/quotes/freshness.ts';
import type { EnvironmentRuntime } from './environment-runtime.ts';
import { feed, optIn, optOut, price, RuntimeFixture } from './testing/runtime-fixture.ts';

let fixture: RuntimeFixture;

beforeEach(async () => {
  fixture = await RuntimeFixture.open();
});

afterEach(() => fixture.close());

function viewOf(runtime: EnvironmentRuntime) {
  return communityView(runtime.projection, 2, {
    currency: 'USD',
    now: fixture.clock.now(),
    rules: PLAIN_RULES,
  });
}

function ledgerOf(runtime: EnvironmentRuntime) {
  return runtime.ledgers().map(({ source, count }) => ({ source, ...count.read() }));
}

describe('the runtime of an environment', () => {
  it('carries a message from its source into the store and the projection', async () => {
    const runtime = await fixture.runtime('dev');
    await feed(runtime, fixture.clock, [optIn('anna', 'A', 2), price('A', 10)]);
    expect(runtime.projection.registry.get('anna')?.metrics?.totalValue).toBe(2000);
    expect(fixture.stored).toBe(2);
    expect((await fixture.store.jobs.figures()).journalRows).toBe(2);
    expect(fixture.told).toContain('dev portfolio:anna');
    await runtime.stop();
  });

  it('goes on after a restart where it stopped, and counts on', async () => {
    const first = await fixture.runtime('dev');
    await feed(first, fixture.clock, [optIn('anna', 'A', 2), price('A', 10), ['stock.price_updated', {}]]);
    await first.stop();
    const second = await fixture.runtime('dev');
    expect(viewOf(second)).toEqual(viewOf(first));
    await feed(second, fixture.clock, [price('A', 11)]);
    expect(second.projection.registry.get('anna')?.metrics?.totalValue).toBe(2200);
    expect(ledgerOf(second)).toEqual([
      { source: 'nats', received: 4, stored: 3, repeated: 0, rejected: 1, other: 0, waiting: 0 },
    ]);
    await second.stop();
  });

  it('that was killed is rebuilt from its last checkpoint and the journal after it', async () => {
    const killed = await fixture.runtime('dev');
    await feed(killed, fixture.clock, [optIn('anna', 'A', 2), price('A', 10)]);
    await killed.checkpoint();
    await feed(killed, fixture.clock, [price('A', 11), optIn('ben', 'A', 1), optOut('anna')]);
    const rebuilt = await fixture.runtime('dev');
    expect(rebuilt.projection.registry.get('anna')).toBeUndefined();
    expect(rebuilt.projection.registry.get('ben')?.metrics?.totalValue).toBe(1100);
    expect(viewOf(rebuilt)).toEqual(viewOf(killed));
    expect(rebuilt.projection.batch).toBe(killed.projection.batch);
    await killed.stop();
    await rebuilt.stop();
  });

  it('keeps environments of one store apart', async () => {
    const [dev, prod] = [await fixture.runtime('dev'), await fixture.runtime('prod')];
    await feed(dev, fixture.clock, [optIn('anna', 'A', 1), price('A', 10)]);
    await feed(prod, fixture.clock, [optIn('anna', 'A', 5)]);
    await Promise.all([dev.stop(), prod.stop()]);
    const again = [await fixture.runtime('dev'), await fixture.runtime('prod')];
    expect(
      again.map((runtime) => runtime.projection.registry.get('anna')?.record.holdings[0]?.quantity),
    ).toEqual([1, 5]);
    expect(again.map((runtime) => runtime.projection.quotes.current('A')?.price ?? null)).toEqual([10, null]);
    await Promise.all(again.map((runtime) => runtime.stop()));
  });

  it('tells of a batch the store refuses, and of the first it takes again; nothing is lost', async () => {
    let refusal: string | null = 'disk full';
    fixture.refuse('commit', () => refusal);
    const runtime = await fixture.runtime('dev');
    await feed(runtime, fixture.clock, [optIn('anna', 'A', 1)]);
    await fixture.clock.advance(300);
    expect(fixture.failures.at(-1)).toEqual(['batches of dev', 'disk full']);
    expect(runtime.projection.registry.size).toBe(0);
    refusal = null;
    await fixture.clock.advance(3000);
    expect(fixture.failures.at(-1)).toEqual(['batches of dev', null]);
    expect(runtime.projection.registry.size).toBe(1);
    await runtime.stop();
  });

  it('gives back the memory of a batch once it is stored, and keeps that of a refused one', async () => {
    const commit = vi.spyOn(fixture.store.writer, 'commit');
    const runtime = await fixture.runtime('dev');
    commit.mockRejectedValueOnce(new Error('disk full'));
    await feed(runtime, fixture.clock, [price('A', 10)]);
    const [first] = commit.mock.calls;
    expect(first?.[0].seqs).toEqual(Float64Array.of(1));
    await fixture.clock.advance(300);
    expect(commit).toHaveBeenCalledTimes(2);
    expect(commit.mock.calls[1]?.[0]).toBe(first?.[0]);
    expect(first?.[0].bodies.buffer).toMatchObject({ detached: true });
    expect(runtime.projection.quotes.current('A')?.price).toBe(10);
    await runtime.stop();
  });

  it('tells of a checkpoint the store refuses, and of the first it takes again; nothing is lost', async () => {
    let refusal: string | null = 'disk full';
    fixture.refuse('checkpoint', () => refusal);
    const runtime = await fixture.runtime('dev');
    await feed(runtime, fixture.clock, [optIn('anna', 'A', 1)]);
    await fixture.clock.advance(1000);
    await feed(runtime, fixture.clock, [optIn('ben', 'A', 1)]);
    expect(fixture.failures.filter(([part]) => part === 'checkpoints of dev').at(-1)?.[1]).toBe('disk full');
    refusal = null;
    await fixture.clock.advance(2000);
    expect(fixture.failures.at(-1)).toEqual(['checkpoints of dev', null]);
    expect((await fixture.store.jobs.portfolioState('dev')).portfolios.map(({ slug }) => slug)).toEqual([
      'anna',
      'ben',
    ]);
    await runtime.stop();
  });

  it('asks for redaction once an opt-out is in a checkpoint', async () => {
    const runtime = await fixture.runtime('dev');
    await feed(runtime, fixture.clock, [optIn('anna', 'A', 1), optOut('anna')]);
    expect(fixture.forgotten).toBe(0);
    await fixture.clock.advance(1000);
    expect(fixture.forgotten).toBe(1);
    await runtime.stop();
  });

  it('leaves no timer behind', async () => {
    const runtime = await fixture.runtime('dev');
    await feed(runtime, fixture.clock, [optIn('anna', 'A', 1)]);
    await runtime.stop();
    expect(fixture.clock.pending).toBe(0);
  });

  it('of an environment nothing was ever said in leaves no trace in the store', async () => {
    const runtime = await fixture.runtime('nobody');
    await fixture.clock.advance(5000);
    await runtime.stop();
    expect(await fixture.store.jobs.environments()).toEqual([]);
  });

  it('takes a portfolio of amounts no integer holds: it is partial, and checkpoints go on', async () => {
    const runtime = await fixture.runtime('dev');
    const holdings = Array.from({ length: 2000 }, (_, index) => ({
      symbol: `S${index}`,
      quantity: 9e11,
      avg_price: 90,
    }));
    await feed(runtime, fixture.clock, [
      ['portfolio.opted_in', { slug: 'huge', holdings }],
      ['portfolio.opted_in', { slug: 'huger', holdings }],
    ]);
    for (let from = 0; from < holdings.length; from += 200) {
      const some = holdings.slice(from, from + 200);
      await feed(
        runtime,
        fixture.clock,
        some.map(({ symbol }) => price(symbol, 90)),
      );
    }
    await fixture.clock.advance(1000);
    expect(fixture.failures.filter(([, message]) => message !== null)).toEqual([]);
    expect(viewOf(runtime)).toMatchObject({ partial: true, portfolio_count: 2 });
    await runtime.stop();
  });
});
