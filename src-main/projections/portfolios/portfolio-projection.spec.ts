import { describe, expect, it } from 'vitest';
import { CheckpointModel } from './testing/checkpoint-model.ts';
import { ProjectionFixture, START } from './testing/projection-fixture.ts';

const MINUTE = 60_000;

describe('the portfolio projection', () => {
  it('shares a portfolio on opt-in, replaces its holdings on update, and forgets it on opt-out', () => {
    const fixture = new ProjectionFixture();
    const { registry } = fixture.projection;
    fixture.optIn('anna', [['A', 2, 10]]);
    expect(registry.get('anna')?.record).toMatchObject({ optedInAt: START, updatedAt: START });
    fixture.update('anna', [['B', 1, 5]], START + 10);
    expect(registry.get('anna')?.record).toEqual({
      slug: 'anna',
      optedInAt: START,
      updatedAt: START + 10,
      holdings: [{ symbol: 'B', quantity: 1, avgPrice: 5 }],
    });
    fixture.optOut('anna');
    expect(registry.size).toBe(0);
    expect(fixture.supervisor.get('portfolio:anna')).toBeUndefined();
  });

  it('keeps the time of the first opt-in when a second replaces the holdings', () => {
    const fixture = new ProjectionFixture();
    fixture.optIn('anna', [['A', 1, 1]], START);
    fixture.optIn('anna', [['B', 1, 1]], START + 5);
    expect(fixture.projection.registry.get('anna')?.record.optedInAt).toBe(START);
    const timeline = fixture.projection.takeCheckpoint()?.timeline;
    expect(timeline?.map(({ change, added, removed }) => [change, added, removed])).toEqual([
      ['opted_in', ['A'], []],
      ['opted_in', ['B'], ['A']],
    ]);
  });

  it('begins a new history with a new opt-in', () => {
    const fixture = new ProjectionFixture();
    fixture.price('A', 10);
    fixture.optIn('anna', [['A', 1, 1]]);
    fixture.price('A', 11, START + MINUTE);
    fixture.optOut('anna', START + MINUTE);
    fixture.optIn('anna', [['A', 1, 1]], START + MINUTE + 5);
    const portfolio = fixture.projection.registry.get('anna');
    expect(portfolio?.spark).toEqual([]);
    expect(portfolio?.record.optedInAt).toBe(START + MINUTE + 5);
    const checkpoint = fixture.projection.takeCheckpoint();
    expect(checkpoint?.values).toEqual([{ slug: 'anna', minute: START + MINUTE, value: 1100, cost: 100 }]);
    expect(checkpoint?.timeline).toHaveLength(1);
  });

  it('recomputes every holder of a symbol once a batch, however often its price moved', () => {
    const fixture = new ProjectionFixture();
    fixture.optIn('anna', [['A', 2, 10]]);
    fixture.optIn('ben', [['B', 2, 10]]);
    fixture.told.length = 0;
    fixture.apply(
      ...[11, 12, 13].map((price) => fixture.event('stock.price_updated', START, { symbol: 'A', price })),
    );
    expect(fixture.told).toEqual(['portfolio anna', 'community']);
    expect(fixture.metrics('anna').totalValue).toBe(2600);
  });

  it('ignores what is said about a portfolio that is not shared, and asks for it to be forgotten', () => {
    const fixture = new ProjectionFixture();
    fixture.update('ghost', [['A', 1, 1]]);
    fixture.optOut('ghost');
    expect(fixture.projection.registry.size).toBe(0);
    const checkpoint = fixture.projection.takeCheckpoint();
    expect(checkpoint?.forgets.map(({ slug }) => slug)).toEqual(['ghost', 'ghost']);
    expect(checkpoint?.communityEvents.map(({ slug, change }) => [slug, change])).toEqual([
      [null, 'ignored'],
      [null, 'ignored'],
    ]);
    expect(checkpoint?.timeline).toEqual([]);
  });

  it('remembers opt-ins however many ignored events follow, and a bounded number of those', () => {
    const fixture = new ProjectionFixture();
    fixture.optIn('anna', [['A', 1, 1]]);
    for (let count = 0; count < 300; count++) fixture.update('ghost', [['A', 1, 1]]);
    const changes = fixture.projection.recentEvents.map(({ change }) => change);
    expect(changes.filter((change) => change === 'opted_in')).toHaveLength(1);
    expect(changes.filter((change) => change === 'ignored')).toHaveLength(50);
  });

  it('leaves families of other projections alone', () => {
    const fixture = new ProjectionFixture();
    fixture.apply(fixture.event('analytics.event', START, { type: 'page_view' }));
    const checkpoint = fixture.projection.takeCheckpoint();
    expect(checkpoint).toMatchObject({ batch: 1, portfolios: [], quotes: [], communityEvents: [] });
  });

  it('takes a checkpoint only when something happened since the last', () => {
    const fixture = new ProjectionFixture();
    expect(fixture.projection.takeCheckpoint()).toBeNull();
    fixture.price('A', 10);
    expect(fixture.projection.takeCheckpoint()).toMatchObject({ env: 'dev', batch: 1 });
    expect(fixture.projection.takeCheckpoint()).toBeNull();
    expect(fixture.projection.pending).toBe(0);
  });

  it('says what each event changed', () => {
    const fixture = new ProjectionFixture();
    fixture.optIn('anna', [['A', 1, 1]]);
    expect(new Set(fixture.told)).toEqual(new Set(['portfolio anna', 'community', 'holdings anna']));
    fixture.told.length = 0;
    fixture.optOut('anna');
    expect(new Set(fixture.told)).toEqual(
      new Set(['portfolio anna', 'community', 'holdings anna', 'spark anna']),
    );
  });

  it('lists opt-ins and opt-outs by their time, so that a late one does not come first', () => {
    const fixture = new ProjectionFixture();
    fixture.optIn('anna', [], START + 100);
    fixture.optIn('ben', [], START);
    expect(fixture.projection.recentEvents.map(({ slug }) => slug)).toEqual(['ben', 'anna']);
  });

  it('remembers the newest 200 opt-ins and opt-outs', () => {
    const fixture = new ProjectionFixture();
    for (let index = 0; index < 205; index++) fixture.optIn(`s${index}`, [], START + index);
    expect(fixture.projection.recentEvents).toHaveLength(200);
    expect(fixture.projection.recentEvents[0]?.slug).toBe('s5');
  });
});

describe('prices from several places', () => {
  const priced = (price: number, source: string, currency?: string) => ({
    symbol: 'A',
    price,
    source,
    currency,
  });
  function shared(...prices: ReturnType<typeof priced>[]): ProjectionFixture {
    const fixture = new ProjectionFixture();
    fixture.optIn('anna', [['A', 2, 1]]);
    for (const { source, ...body } of prices) {
      fixture.apply(fixture.event('stock.price_updated', START, body, source));
    }
    return fixture;
  }

  it('leave a holding without a price where none is in the base currency', () => {
    const fixture = shared(priced(7, 'nats', 'EUR'));
    expect(fixture.metrics('anna')).toMatchObject({ totalValue: 0, partial: true, asOf: null });
    fixture.apply(fixture.event('stock.price_updated', START, priced(5, 'demo', 'USD'), 'demo'));
    expect(fixture.metrics('anna')).toMatchObject({ totalValue: 1000, partial: false });
    expect([...fixture.metrics('anna').oldest]).toEqual([['demo', START]]);
  });

  it('value every portfolio anew as soon as others are to count', () => {
    const fixture = shared(priced(3, 'nats'), priced(5, 'demo'), priced(9, 'stocks', 'EUR'));
    expect(fixture.metrics('anna').totalValue).toBe(600);
    fixture.told.length = 0;
    fixture.projection.choosePrices({ preference: ['demo', 'nats', 'stocks'], currency: 'USD' });
    expect(fixture.metrics('anna').totalValue).toBe(1000);
    expect(fixture.told).toContain('portfolio anna');
    fixture.projection.choosePrices({ preference: ['stocks', 'demo', 'nats'], currency: 'EUR' });
    expect(fixture.metrics('anna').totalValue).toBe(1800);
  });
});

describe('an opted-out slug', () => {
  it('stands nowhere: neither in memory, nor in the checkpoint but as what is to be forgotten', () => {
    const fixture = new ProjectionFixture();
    fixture.price('A', 10);
    fixture.optIn('anna-secret', [['A', 1, 1]]);
    fixture.price('A', 11, START + MINUTE);
    fixture.update('anna-secret', [['A', 2, 1]], START + MINUTE);
    fixture.optOut('anna-secret', START + 2 * MINUTE);
    expect(JSON.stringify(fixture.projection.recentEvents)).not.toContain('secret');
    const { forgets, ...rest } = fixture.projection.takeCheckpoint() ?? {};
    expect(forgets).toHaveLength(1);
    expect(JSON.stringify(rest)).not.toContain('secret');
  });

  it('leaves its share in community totals of the past', () => {
    const fixture = new ProjectionFixture();
    const model = new CheckpointModel();
    fixture.price('A', 10);
    fixture.optIn('anna', [['A', 1, 1]]);
    fixture.optOut('anna', START + MINUTE);
    model.write(fixture.projection.takeCheckpoint());
    expect(model.dump()).toMatchObject({
      community: [
        { minute: START, value: 1000, portfolioCount: 1 },
        { minute: START + MINUTE, value: 0, portfolioCount: 0 },
      ],
    });
  });
});
