import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

describe('VirtualClock', () => {
  it('stands still until advanced', async () => {
    const clock = new VirtualClock(5_000);
    expect([clock.now(), clock.monotonic()]).toEqual([5_000, 0]);
    await clock.advance(10);
    expect([clock.now(), clock.monotonic()]).toEqual([5_010, 10]);
  });

  it('runs timers in order of time, then of creation, each at its own moment', async () => {
    const clock = new VirtualClock(100);
    const seen: string[] = [];
    const note = (name: string) => (): void => void seen.push(`${name}@${clock.now()}`);
    clock.after(20, note('late'));
    clock.after(10, note('one'));
    clock.after(10, note('two'));
    clock.after(-5, note('now'));
    clock.after(31, note('never'));
    await clock.advance(30);
    expect(seen).toEqual(['now@100', 'one@110', 'two@110', 'late@120']);
    expect(clock.now()).toBe(130);
    expect(clock.pending).toBe(1);
  });

  it('runs timers that were created meanwhile, when they fall within the span', async () => {
    const clock = new VirtualClock();
    const seen: number[] = [];
    const again = (): void => {
      seen.push(clock.now());
      clock.after(10, again);
    };
    clock.after(10, again);
    await clock.advance(35);
    expect(seen).toEqual([10, 20, 30]);
  });

  it('lets long chains of promises settle before the first timer and between timers', async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    const chain = async (name: string): Promise<void> => {
      for (let step = 0; step < 100; step += 1) await Promise.resolve();
      seen.push(`${name}@${clock.now()}`);
    };
    void chain('before').then(() => clock.after(1, () => void seen.push(`scheduled@${clock.now()}`)));
    clock.after(5, () => void chain('five'));
    clock.after(6, () => void seen.push('six'));
    await clock.advance(6);
    expect(seen).toEqual(['before@0', 'scheduled@1', 'five@5', 'six']);
  });

  it('repeats without drift until cancelled, even from inside', async () => {
    const clock = new VirtualClock();
    const seen: number[] = [];
    const cancel = clock.every(10, () => {
      seen.push(clock.now());
      if (seen.length === 3) cancel();
    });
    await clock.advance(100);
    expect(seen).toEqual([10, 20, 30]);
    expect(clock.pending).toBe(0);
  });

  it('takes an interval below 1 ms for 1 ms', async () => {
    const clock = new VirtualClock();
    let ticks = 0;
    clock.every(0, () => (ticks += 1));
    await clock.advance(5);
    expect(ticks).toBe(5);
  });

  it('forgets a cancelled timer; cancelling again, or after it ran, changes nothing', async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    const cancel = clock.after(5, () => void seen.push('cancelled'));
    const cancelRun = clock.after(6, () => void seen.push('ran'));
    for (const ms of [20, 21, 22]) clock.after(ms, () => void seen.push(`others@${clock.now()}`));
    cancel();
    cancel();
    expect(clock.pending).toBe(4);
    await clock.advance(10);
    cancelRun();
    expect(seen).toEqual(['ran']);
    expect(clock.pending).toBe(3);
    await clock.advance(90);
    expect(seen).toEqual(['ran', 'others@20', 'others@21', 'others@22']);
  });

  it('wakes sleepers in time, and at once with the reason when aborted', async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    const seen: string[] = [];
    void clock.sleep(10).then(() => seen.push(`woken@${clock.now()}`));
    void clock.sleep(10, controller.signal).catch((reason: unknown) => seen.push(String(reason)));
    controller.abort('aborted');
    await clock.advance(0);
    expect(seen).toEqual(['aborted']);
    expect(clock.pending).toBe(1);
    await clock.advance(10);
    expect(seen).toEqual(['aborted', 'woken@10']);
  });

  it('rejects with what a timer throws, stands at that moment and can go on', async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    clock.after(5, () => {
      throw new Error('timer failed');
    });
    clock.after(6, () => void seen.push('next'));
    await expect(clock.advance(10)).rejects.toThrow('timer failed');
    expect(clock.now()).toBe(5);
    await clock.advance(5);
    expect(seen).toEqual(['next']);
  });

  it('refuses to advance twice at a time, and delays that are no finite number', async () => {
    const clock = new VirtualClock();
    const first = clock.advance(1);
    await expect(clock.advance(1)).rejects.toThrow('already advancing');
    await first;
    expect(() => clock.after(Number.NaN, () => {})).toThrow(RangeError);
    expect(() => clock.every(Number.POSITIVE_INFINITY, () => {})).toThrow(RangeError);
    await expect(clock.advance(Number.NaN)).rejects.toThrow(RangeError);
  });

  it('runs any set of timers, some of them cancelled, in order of time and creation', async () => {
    const timers = fc.array(fc.record({ ms: fc.nat(50), cancelled: fc.boolean() }), { maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(timers, async (plan) => {
        const clock = new VirtualClock();
        const seen: number[] = [];
        const cancels = plan.map(({ ms }, index) => clock.after(ms, () => void seen.push(index)));
        plan.forEach(({ cancelled }, index) => cancelled && cancels[index]?.());
        plan.forEach(({ cancelled }, index) => cancelled && cancels[index]?.());
        const kept = plan.map((timer, index) => ({ ...timer, index })).filter((timer) => !timer.cancelled);
        expect(clock.pending).toBe(kept.length);
        await clock.advance(50);
        expect(seen).toEqual(kept.toSorted((a, b) => a.ms - b.ms).map((timer) => timer.index));
      }),
    );
  });
});
