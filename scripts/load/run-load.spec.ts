import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src-main/lib/virtual-clock.ts';
import type { LoadAnswer } from './load-target.ts';
import { runLoad, type LoadPlan } from './run-load.ts';

const taken = (count: number): LoadAnswer => ({ kind: '202', taken: true, accepted: count, rejected: 0 });

/** A run on a virtual clock against a target that answers as the test says. */
function setUp(
  plan: Partial<LoadPlan>,
  answer: (events: readonly string[], clock: VirtualClock) => Promise<LoadAnswer>,
) {
  const clock = new VirtualClock();
  const interrupted = new AbortController();
  const sent: { at: number; events: readonly string[] }[] = [];
  const began = clock.monotonic();
  let made = 0;
  const target = {
    send: (events: readonly string[]) => {
      sent.push({ at: clock.monotonic() - began, events });
      return answer(events, clock);
    },
  };
  const full = { ...{ closed: false, rate: 1000, seconds: 1, batch: 1, connections: 1 }, ...plan };
  const done = runLoad(full, { target, clock, next: () => `${made++}`, signal: interrupted.signal });
  return { clock, sent, done, interrupt: () => interrupted.abort() };
}

describe('open loop', () => {
  it('sends requests when they are due, whatever the answers do, and the last one with what is left', async () => {
    const never = new Promise<LoadAnswer>(() => undefined);
    const run = setUp({ rate: 1000, seconds: 0.25, batch: 100 }, () => never);
    await run.clock.advance(1000);
    expect(run.sent.map(({ at, events }) => [at, events.length])).toEqual([
      [1, 100],
      [100, 100],
      [200, 50],
    ]);
    await run.clock.advance(30_000);
    const figures = await run.done;
    expect([figures.sentRequests, figures.answered, figures.sentEvents]).toEqual([3, 0, 250]);
  });

  it('counts latency from when a request was due: a target that stands still makes all of them late', async () => {
    let stalled: PromiseWithResolvers<null> | null = Promise.withResolvers<null>();
    const stall = stalled;
    const run = setUp({ rate: 100, seconds: 1 }, async (events) => {
      if (stalled !== null) await stalled.promise;
      return taken(events.length);
    });
    await run.clock.advance(500);
    stalled = null;
    stall.resolve(null);
    await run.clock.advance(600);
    const { latency } = await run.done;
    expect(latency.count).toBe(100);
    // Half of the requests waited between 0 and 500 ms: a tenth of all more than 400.
    expect(latency.max / 1000).toBeGreaterThanOrEqual(499);
    expect(latency.percentile(90) / 1000).toBeGreaterThan(390);
    expect(latency.percentile(50) / 1000).toBeLessThan(20);
  });

  it('catches up with what is due after its own loop was held', async () => {
    const run = setUp({ rate: 100, seconds: 1 }, (events) => Promise.resolve(taken(events.length)));
    await run.clock.advance(1000);
    expect(run.sent).toHaveLength(100);
    await run.clock.advance(30_000);
    expect((await run.done).accepted).toBe(100);
  });

  it('holds back what is due while too much is unanswered, and counts its latency all the same', async () => {
    const waiting: (() => void)[] = [];
    const run = setUp({ rate: 20_000, seconds: 1 }, (events) => {
      const { promise, resolve } = Promise.withResolvers<LoadAnswer>();
      waiting.push(() => resolve(taken(events.length)));
      return promise;
    });
    await run.clock.advance(1000);
    expect(run.sent).toHaveLength(10_000);
    while (waiting.length > 0) {
      for (const answer of waiting.splice(0)) answer();
      await run.clock.advance(1);
    }
    const { latency, accepted } = await run.done;
    expect(accepted).toBe(20_000);
    expect(latency.percentile(50) / 1000).toBeGreaterThan(450);
  });

  it('ends with the figures so far when it is interrupted', async () => {
    const run = setUp({ rate: 100, seconds: 60 }, (events) => Promise.resolve(taken(events.length)));
    await run.clock.advance(1000);
    run.interrupt();
    await run.clock.advance(10);
    const figures = await run.done;
    expect([figures.isInterrupted, figures.accepted]).toEqual([true, 101]);
    expect(figures.elapsedMs).toBeLessThan(1100);
  });
});

describe('closed loop', () => {
  it('sends on each connection when its last request was answered', async () => {
    const plan = { closed: true, rate: null, seconds: 1, connections: 3, batch: 2 };
    const run = setUp(plan, async (events, clock) => {
      await clock.sleep(100);
      return taken(events.length);
    });
    await run.clock.advance(2000);
    const figures = await run.done;
    expect(figures.sentRequests).toBe(30);
    expect(figures.accepted).toBe(60);
    expect(figures.latency.percentile(50) / 1000).toBeCloseTo(100, 0);
  });

  it('goes no faster than a rate that is given', async () => {
    const run = setUp({ closed: true, rate: 50, seconds: 2, connections: 4 }, (events) =>
      Promise.resolve(taken(events.length)),
    );
    await run.clock.advance(1000);
    expect(run.sent.length).toBeGreaterThanOrEqual(50);
    expect(run.sent.length).toBeLessThanOrEqual(51);
    await run.clock.advance(1500);
    expect((await run.done).accepted).toBe(100);
  });
});

it('tells answers apart, and takes latencies of what was taken only', async () => {
  let turn = 0;
  const answers: LoadAnswer[] = [
    taken(1),
    { kind: '429', taken: false, accepted: 0, rejected: 0 },
    { kind: 'ECONNRESET', taken: false, accepted: 0, rejected: 0 },
  ];
  const run = setUp({ rate: 9, seconds: 1 }, () => Promise.resolve(answers[(turn += 1) % 3]!));
  await run.clock.advance(1100);
  const figures = await run.done;
  expect(Object.fromEntries(figures.answers)).toEqual({ 202: 3, 429: 3, ECONNRESET: 3 });
  expect(figures.latency.count).toBe(3);
});
