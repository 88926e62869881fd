import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { Pace } from './pace.ts';

function running(perSecond: number, taken = 0) {
  const clock = new VirtualClock();
  const pace = new Pace(clock, perSecond, taken);
  pace.run();
  return { clock, pace };
}

/** Takes all that is due whenever the pace says that it is worth asking, for so long; answers when something was. */
async function takeAll(clock: VirtualClock, pace: Pace, ms: number): Promise<number[]> {
  const times: number[] = [];
  const work = (): void => {
    const due = pace.due();
    pace.take(due);
    for (let count = 0; count < due; count += 1) times.push(clock.monotonic());
    const wait = pace.wait();
    if (wait !== null) cancel = clock.after(wait, work);
  };
  let cancel = clock.after(0, work);
  await clock.advance(ms);
  cancel();
  return times;
}

describe('a pace', () => {
  it('has the k-th due at k ÷ rate seconds', async () => {
    const { clock, pace } = running(5);
    expect(await takeAll(clock, pace, 1000)).toEqual([200, 400, 600, 800, 1000]);
  });

  it('works in slices of 50 ms above 20 per second, with the exact number due', async () => {
    const { clock, pace } = running(5000);
    const times = await takeAll(clock, pace, 1000);
    expect(times).toHaveLength(5000);
    expect(times.filter((time) => time === 50)).toHaveLength(250);
    expect(new Set(times)).toEqual(new Set(Array.from({ length: 20 }, (_, slice) => (slice + 1) * 50)));
  });

  it('has exactly rate × time due after any whole number of slices, at any rate', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 50_000 }),
        fc.integer({ min: 1, max: 100 }),
        async (tenths, slices) => {
          const { clock, pace } = running(tenths / 10);
          // What is due at the very end may be due a rounding error behind it.
          const times = await takeAll(clock, pace, slices * 50 + 0.001);
          expect(times).toHaveLength(Math.floor((tenths * slices * 50) / 10_000));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('keeps its phase over a pause', async () => {
    const { clock, pace } = running(5);
    await clock.advance(150);
    pace.pause();
    await clock.advance(10_000);
    expect([pace.due(), pace.wait()]).toEqual([0, null]);
    pace.run();
    expect(pace.wait()).toBe(50);
    await clock.advance(50);
    expect(pace.due()).toBe(1);
  });

  it('counts a new rate from the moment it is set, whatever part of the next has passed', async () => {
    const { clock, pace } = running(1);
    await clock.advance(500);
    pace.setRate(10);
    expect(pace.wait()).toBe(50);
    pace.setRate(2);
    expect(pace.wait()).toBe(250);
  });

  it('does not starve while its rate is changed again and again', async () => {
    const { clock, pace } = running(5);
    for (let change = 0; change < 100; change += 1) {
      await clock.advance(100);
      pace.setRate(change % 2 === 0 ? 4 : 5);
    }
    expect(pace.progress).toBeCloseTo(45, 0);
  });

  it('makes up for what was late one by one at double the rate, and loses none of it', async () => {
    const { clock, pace } = running(5);
    await clock.advance(2000);
    const times = await takeAll(clock, pace, 4000);
    expect(times.slice(0, 4)).toEqual([2000, 2100, 2200, 2300]);
    expect(times.slice(-3)).toEqual([5600, 5800, 6000]);
    expect(times).toHaveLength(30);
  });

  it('gives out no more than double the rate when slices are late', async () => {
    const { clock, pace } = running(1000);
    await clock.advance(10_000);
    const times = await takeAll(clock, pace, 12_000);
    for (const slice of new Set(times))
      expect(times.filter((time) => time === slice).length).toBeLessThanOrEqual(100);
    expect(times).toHaveLength(22_000);
  });

  it('drops what is due when told to, and keeps the phase', async () => {
    const { clock, pace } = running(2);
    await clock.advance(1700);
    pace.forget();
    expect([pace.due(), Math.round(pace.wait() ?? 0)]).toEqual([0, 300]);
  });

  it('goes on counting where it is told to begin', async () => {
    const { clock, pace } = running(5, 812);
    await clock.advance(200);
    expect([pace.due(), pace.progress]).toEqual([1, 813]);
  });
});
