import { describe, expect, it } from 'vitest';
import { CheckpointModel } from './testing/checkpoint-model.ts';
import { ProjectionFixture, START } from './testing/projection-fixture.ts';
import { MINUTE_MS, SPARK_POINTS } from './value-history.ts';

function started(): ProjectionFixture {
  const fixture = new ProjectionFixture();
  fixture.price('A', 10);
  fixture.optIn('anna', [['A', 1, 1]]);
  return fixture;
}

const values = (fixture: ProjectionFixture) => {
  const model = new CheckpointModel();
  model.write(fixture.projection.takeCheckpoint());
  return model.values('anna').map(({ minute, value }) => [(minute - START) / MINUTE_MS, value]);
};

describe('the value history', () => {
  it('keeps the last value of every minute', () => {
    const fixture = started();
    fixture.price('A', 11, START + 59_999);
    fixture.price('A', 12, START + MINUTE_MS);
    fixture.price('A', 13, START + MINUTE_MS + 1);
    expect(values(fixture)).toEqual([
      [0, 1100],
      [1, 1300],
    ]);
  });

  it('settles what is due before a minute closes, also within one batch', () => {
    const fixture = started();
    fixture.apply(
      fixture.event('stock.price_updated', START + 1, { symbol: 'A', price: 11 }),
      fixture.event('stock.price_updated', START + MINUTE_MS, { symbol: 'A', price: 12 }),
    );
    expect(values(fixture)).toEqual([
      [0, 1100],
      [1, 1200],
    ]);
  });

  it('writes nothing for minutes in which a portfolio did not change', () => {
    const fixture = started();
    fixture.price('OTHER', 1, START + 3 * MINUTE_MS);
    fixture.price('A', 12, START + 5 * MINUTE_MS);
    expect(values(fixture)).toEqual([
      [0, 1000],
      [5, 1200],
    ]);
  });

  it('opens the same minutes when the event that opened one was redacted', () => {
    const fixture = started();
    fixture.apply(fixture.event('portfolio.opted_in', START + 2 * MINUTE_MS, null));
    fixture.price('A', 12, START + 30_000);
    expect(values(fixture)).toEqual([
      [0, 1000],
      [2, 1200],
    ]);
  });

  it('counts a late event into the open minute: closed minutes stay as they were', () => {
    const fixture = started();
    fixture.price('A', 12, START + 2 * MINUTE_MS);
    fixture.price('B', 5, START + 30_000);
    fixture.update('anna', [['B', 1, 1]], START + 30_000);
    expect(values(fixture)).toEqual([
      [0, 1000],
      [2, 500],
    ]);
  });

  it('records the community every minute something happened, with the number of portfolios', () => {
    const fixture = started();
    fixture.optIn('ben', [['A', 2, 1]], START + MINUTE_MS);
    expect(fixture.projection.takeCheckpoint()?.community).toEqual([
      { minute: START, value: 1000, cost: 100, portfolioCount: 1 },
      { minute: START + MINUTE_MS, value: 3000, cost: 300, portfolioCount: 2 },
    ]);
  });

  it('writes the open minute at every checkpoint, and over it until it closes', () => {
    const fixture = started();
    const model = new CheckpointModel();
    model.write(fixture.projection.takeCheckpoint());
    fixture.price('A', 11, START + 10);
    model.write(fixture.projection.takeCheckpoint());
    expect(model.values('anna').map(({ value }) => value)).toEqual([1100]);
  });

  it('goes on after a restart in the middle of a minute as if there had been none', () => {
    const fixture = started();
    const model = new CheckpointModel();
    model.write(fixture.projection.takeCheckpoint());
    const restarted = new ProjectionFixture(model.state());
    restarted.price('A', 11, START + 10);
    restarted.price('A', 12, START + MINUTE_MS);
    model.write(restarted.projection.takeCheckpoint());
    expect(model.values('anna').map(({ value }) => value)).toEqual([1100, 1200]);
    expect(restarted.projection.registry.get('anna')?.spark).toEqual([
      { minute: START, value: 1100 },
      { minute: START + MINUTE_MS, value: 1200 },
    ]);
  });

  it('adds nothing of its own when it is only restarted', () => {
    const fixture = started();
    const model = new CheckpointModel();
    model.write(fixture.projection.takeCheckpoint());
    const restarted = new ProjectionFixture(model.state());
    expect(restarted.projection.takeCheckpoint()).toBeNull();
  });

  it('keeps a spark of the last 60 minutes, and says when it changed', () => {
    const fixture = started();
    for (let minute = 1; minute <= 70; minute++) fixture.price('A', 10 + minute, START + minute * MINUTE_MS);
    const spark = fixture.projection.registry.get('anna')?.spark ?? [];
    expect(spark).toHaveLength(SPARK_POINTS);
    expect(spark.at(-1)).toEqual({ minute: START + 69 * MINUTE_MS, value: 7900 });
    fixture.told.length = 0;
    fixture.projection.takeCheckpoint();
    expect(fixture.told).toEqual(['spark anna']);
    fixture.told.length = 0;
    fixture.price('OTHER', 1, START + 70 * MINUTE_MS);
    fixture.projection.takeCheckpoint();
    expect(fixture.told).toEqual([]);
  });

  it('keeps community totals exact: a portfolio they cannot take is left out', () => {
    const fixture = new ProjectionFixture();
    fixture.price('A', 80);
    for (const slug of ['anna', 'ben', 'cleo']) fixture.optIn(slug, [['A', 9e11, 1]]);
    const [point] = fixture.projection.takeCheckpoint()?.community ?? [];
    expect(point).toMatchObject({ value: 7.2e15, portfolioCount: 3 });
  });
});
