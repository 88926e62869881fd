import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stoppable } from '../../lib/disposables.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { startDisplay, type DisplayOptions } from './display.ts';
import { Pace } from './pace.ts';

let clock: VirtualClock;
let display: Stoppable;
let shown: [at: number, count: number][];
let waiting: number;

beforeEach(() => {
  clock = new VirtualClock();
  shown = [];
  waiting = 0;
});
afterEach(async () => {
  await display.stop();
  expect(clock.pending).toBe(0);
});

function start(perSecond: number, options: Partial<DisplayOptions> = {}): void {
  const pace = new Pace(clock, perSecond);
  pace.run();
  display = startDisplay({
    clock,
    pace: () => pace,
    isOpen: () => true,
    waiting: () => waiting,
    show: async (count) => {
      shown.push([clock.monotonic(), count]);
      waiting -= count;
    },
    onNothing: () => undefined,
    onWake: () => () => undefined,
    fail: () => undefined,
    ...options,
  });
}

describe('the display', () => {
  it('shows one after the other at its rate', async () => {
    waiting = 3;
    start(2);
    await clock.advance(5000);
    expect(shown).toEqual([
      [500, 1],
      [1000, 1],
      [1500, 1],
    ]);
  });

  it('shows nothing when nothing waits, and does not make up for that later', async () => {
    let nothing = 0;
    start(2, { onNothing: () => (nothing += 1) });
    await clock.advance(10_000);
    expect([nothing, shown]).toEqual([20, []]);
    waiting = 100;
    await clock.advance(1000);
    expect(shown).toEqual([
      [10_500, 1],
      [11_000, 1],
    ]);
  });

  it('shows as many as are due in every slice, and no more than wait', async () => {
    waiting = 270;
    start(5000);
    await clock.advance(200);
    expect(shown).toEqual([
      [50, 250],
      [100, 20],
    ]);
  });

  it('shows once at a time, and makes up for the time that took at double the rate at most', async () => {
    waiting = 10_000;
    let gate = Promise.withResolvers<undefined>();
    let underWay = 0;
    start(1000, {
      show: async (count) => {
        underWay += 1;
        expect(underWay).toBe(1);
        await gate.promise;
        underWay -= 1;
        waiting -= count;
        shown.push([clock.monotonic(), count]);
      },
    });
    await clock.advance(1050);
    gate.resolve(undefined);
    gate = Promise.withResolvers();
    gate.resolve(undefined);
    await clock.advance(1950);
    expect(10_000 - waiting).toBe(3000);
    for (const [, count] of shown) expect(count).toBeLessThanOrEqual(100);
  });

  it('says why showing failed, and shows nothing more', async () => {
    waiting = 5;
    const failures: unknown[] = [];
    start(2, {
      show: () => Promise.reject(new Error('the disk is full')),
      fail: (error) => failures.push(error),
    });
    await clock.advance(5000);
    expect(failures).toEqual([new Error('the disk is full')]);
  });

  it('has shown what was under way when it has stopped', async () => {
    waiting = 5;
    const gate = Promise.withResolvers<undefined>();
    start(2, { show: () => gate.promise.then(() => void (waiting -= 1)) });
    await clock.advance(600);
    const seen: number[] = [];
    const stopping = display.stop().then(() => seen.push(waiting));
    await clock.advance(100);
    expect(seen).toEqual([]);
    gate.resolve(undefined);
    await stopping;
    expect(seen).toEqual([4]);
  });
});
