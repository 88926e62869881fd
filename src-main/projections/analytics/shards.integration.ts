import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/random.ts';
import { START, analyticsEvent, analyticsProjection } from './testing/analytics-fixture.ts';

const BATCHES = 60;
const EVENTS = 500;

describe('analytics with shards in threads', () => {
  it('are equal to those without', async () => {
    const random = seededRandom(7);
    const failures: Error[] = [];
    const one = analyticsProjection({ now: START });
    const sharded = analyticsProjection({ now: START });
    await sharded.useShards(2, (error) => failures.push(error));
    for (let batch = 1; batch <= BATCHES; batch += 1) {
      const events = Array.from({ length: EVENTS }, () =>
        analyticsEvent(START - random.int(0, 7_200_000), {
          type: `type ${random.int(1, 30)}`,
          value: random.int(-1000, 1000) / 100,
          user_id: `user ${random.int(1, 2000)}`,
        }),
      );
      one.apply(batch, events);
      sharded.apply(batch, events);
    }
    await expect.poll(() => sharded.batch, { timeout: 20_000 }).toBe(BATCHES);
    for (const window of ['1m', '5m', '15m', '1h', '24h', 'start'] as const) {
      expect(sharded.figures(window, START)).toEqual(one.figures(window, START));
      expect(sharded.series(window, START)).toEqual(one.series(window, START));
    }
    await sharded.useShards(0, (error) => failures.push(error));
    expect(failures).toEqual([]);
  });
});
