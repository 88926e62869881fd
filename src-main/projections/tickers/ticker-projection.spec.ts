import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../../../src-contract/event-kinds.ts';
import { CandleModel } from './testing/candle-model.ts';
import { START, TickerFixture } from './testing/ticker-fixture.ts';

const NATS = { source: 'nats', currency: null };

describe('the ticker projection', () => {
  it('tells once per batch that prices of a symbol came, watched or not', () => {
    const fixture = new TickerFixture();
    fixture.say(
      { symbol: 'A', price: 1, at: START },
      { symbol: 'A', price: 2, at: START },
      { symbol: 'X', price: 1, at: START },
    );
    expect(fixture.told).toEqual(['price A', 'price X']);
  });

  it('changes nothing for a batch that it has applied already', () => {
    const fixture = new TickerFixture();
    fixture.say({ symbol: 'A', price: 1, at: START });
    fixture.told.length = 0;
    fixture.projection.apply(1, [fixture.event({ symbol: 'A', price: 9, at: START })]);
    expect(fixture.told).toEqual([]);
    expect(fixture.projection.live('A', '1s', NATS)?.candles).toMatchObject([{ close: 1, ticks: 1 }]);
  });

  it('passes over other events and redacted ones, and moves on with their batch', () => {
    const fixture = new TickerFixture();
    const price = fixture.event({ symbol: 'A', price: 1, at: START });
    fixture.projection.apply(1, [
      { ...price, body: null },
      { ...price, kind: EVENT_KINDS['analytics.event'] },
    ]);
    expect(fixture.told).toEqual([]);
    expect(fixture.projection.takeCheckpoint()).toMatchObject({
      env: 'dev',
      batch: 1,
      series: [],
      candles: { count: 0 },
    });
  });

  it('has a checkpoint after new batches only, with each new price once', () => {
    const fixture = new TickerFixture();
    expect(fixture.projection.takeCheckpoint()).toBeNull();
    fixture.say({ symbol: 'A', price: 1, at: START });
    expect(fixture.projection.takeCheckpoint()?.candles.count).toBe(4);
    expect(fixture.projection.takeCheckpoint()).toBeNull();
    fixture.say({ symbol: 'B', price: 1, at: START });
    expect(fixture.projection.takeCheckpoint()?.series).toEqual([{ symbol: 'B', ...NATS }]);
  });

  it('leaves a checkpoint that waits to be written alone while prices go on', () => {
    const fixture = new TickerFixture();
    fixture.say({ symbol: 'A', price: 1, at: START });
    const taken = fixture.projection.takeCheckpoint();
    const before = structuredClone(taken);
    fixture.say({ symbol: 'A', price: 2, at: START + 1 });
    fixture.projection.takeCheckpoint();
    expect(taken).toEqual(before);
  });

  it('shows the newest candles of the series in use, with what is not stored yet', () => {
    const fixture = new TickerFixture();
    fixture.say(
      { symbol: 'A', price: 1, at: START },
      { symbol: 'A', price: 5, at: START, source: 'stocks' },
      { symbol: 'A', price: 7, at: START, currency: 'EUR' },
    );
    fixture.projection.takeCheckpoint();
    fixture.say({ symbol: 'A', price: 2, at: START + 1 });
    const live = (source: string, currency: string | null = null) =>
      fixture.projection.live('A', '1m', { source, currency })?.candles;
    expect(live('nats')).toMatchObject([{ start: START, open: 1, close: 2, ticks: 2 }]);
    expect(live('stocks')).toMatchObject([{ close: 5, ticks: 1 }]);
    expect(live('nats', 'EUR')).toMatchObject([{ close: 7, ticks: 1 }]);
    expect(live('demo')).toBeUndefined();
    expect(fixture.projection.live('A', '1m', null)).toBeNull();
    expect(fixture.projection.live('NONE', '1m', NATS)).toBeNull();
  });

  it('tells the time of the earliest price of each batch, so that late ones are noticed', () => {
    const fixture = new TickerFixture();
    const said = (...seconds: number[]) =>
      fixture.say(...seconds.map((second) => ({ symbol: 'A', price: 1, at: START + second * 1000 })));
    said(2, 61, 59);
    said(70);
    said(30);
    expect(fixture.earliest).toEqual([2, 70, 30].map((second) => START + second * 1000));
  });
});

describe('sparks', () => {
  const points = (fixture: TickerFixture, symbol = 'A') =>
    fixture.projection.sparks.points(symbol, ['stocks', 'nats'], (currency) => currency === null);
  const minutes = (count: number, source = 'nats') =>
    Array.from({ length: count }, (_, index) => ({
      symbol: 'A',
      price: index + 1,
      at: START + index * 60_000,
      source,
    }));

  it('are the closing prices of the last 60 minutes of watched symbols, told of with the checkpoint', () => {
    const fixture = new TickerFixture();
    fixture.say(...minutes(62), { symbol: 'X', price: 1, at: START });
    expect(points(fixture)).toEqual([]);
    fixture.projection.takeCheckpoint();
    expect(points(fixture)).toEqual(Array.from({ length: 60 }, (_, index) => index + 3));
    expect(points(fixture, 'X')).toEqual([]);
    expect(fixture.told).toContain('spark A');
    expect(fixture.told).not.toContain('spark X');
  });

  it('reach an hour back from the newest minute, however few minutes have prices', () => {
    const fixture = new TickerFixture();
    fixture.say({ symbol: 'A', price: 1, at: START }, { symbol: 'A', price: 2, at: START + 60_000 });
    fixture.say({ symbol: 'A', price: 3, at: START + 60 * 60_000 });
    fixture.projection.takeCheckpoint();
    expect(points(fixture)).toEqual([2, 3]);
  });

  it('take of every minute the most preferred source, and no other currency', () => {
    const fixture = new TickerFixture();
    fixture.say(...minutes(3), { symbol: 'A', price: 50, at: START + 60_000, source: 'stocks' });
    fixture.say({ symbol: 'A', price: 70, at: START + 180_000, source: 'stocks', currency: 'EUR' });
    fixture.projection.takeCheckpoint();
    expect(points(fixture)).toEqual([1, 50, 3]);
  });

  it('are forgotten of symbols that are not watched any more', () => {
    const fixture = new TickerFixture();
    fixture.say(...minutes(2));
    fixture.projection.takeCheckpoint();
    fixture.watched.delete('A');
    fixture.say({ symbol: 'B', price: 1, at: START });
    fixture.projection.takeCheckpoint();
    expect(points(fixture)).toEqual([]);
  });

  it('go on after a restart where a late price comes after a stored closing of its minute only', () => {
    const model = new CandleModel();
    const before = new TickerFixture();
    before.say({ symbol: 'A', price: 10, at: START + 30_000 });
    model.write(before.projection.takeCheckpoint());
    const after = new TickerFixture(model.state());
    after.say({ symbol: 'A', price: 5, at: START + 10_000 });
    after.projection.takeCheckpoint();
    expect(points(after)).toEqual([10]);
    after.say({ symbol: 'A', price: 6, at: START + 40_000 });
    after.projection.takeCheckpoint();
    expect(points(after)).toEqual([6]);
  });
});
