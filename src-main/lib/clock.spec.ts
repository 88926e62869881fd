import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';

const DAY = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('systemClock', () => {
  it('tells UTC milliseconds, and monotonic milliseconds that pass at the same pace', () => {
    const start = systemClock.monotonic();
    expect(systemClock.now()).toBe(1_000_000);
    vi.advanceTimersByTime(250);
    expect(systemClock.now()).toBe(1_000_250);
    expect(systemClock.monotonic() - start).toBe(250);
  });

  it('calls once after the delay', () => {
    const fn = vi.fn();
    systemClock.after(100, fn);
    vi.advanceTimersByTime(99);
    expect(fn).toHaveBeenCalledTimes(0);
    vi.advanceTimersByTime(500);
    expect(fn).toHaveBeenCalledTimes(1);
  });

  it('does not call what was cancelled', () => {
    const fn = vi.fn();
    systemClock.after(100, fn)();
    systemClock.every(100, fn)();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps to a delay that is longer than a timer of Node can hold', () => {
    const fn = vi.fn();
    systemClock.after(60 * DAY, fn);
    vi.advanceTimersByTime(60 * DAY - 1);
    expect(fn).toHaveBeenCalledTimes(0);
    vi.advanceTimersByTime(1);
    expect(fn).toHaveBeenCalledTimes(1);
  });

  it('cancels such a long delay in any of its parts', () => {
    const fn = vi.fn();
    const cancel = systemClock.after(60 * DAY, fn);
    vi.advanceTimersByTime(30 * DAY);
    cancel();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('calls again and again until cancelled', () => {
    const fn = vi.fn();
    const cancel = systemClock.every(100, fn);
    vi.advanceTimersByTime(350);
    cancel();
    vi.advanceTimersByTime(350);
    expect(fn).toHaveBeenCalledTimes(3);
  });

  it('refuses delays that are no finite number, and intervals that Node cannot hold', () => {
    expect(() => systemClock.after(Number.NaN, () => {})).toThrow(/finite number of milliseconds, not NaN/);
    expect(() => systemClock.every(Number.POSITIVE_INFINITY, () => {})).toThrow(RangeError);
    expect(() => systemClock.every(60 * DAY, () => {})).toThrow(/at most 2147483647 ms/);
  });

  it('sleeps', async () => {
    const woken = vi.fn();
    const sleeping = systemClock.sleep(50).then(woken);
    await vi.advanceTimersByTimeAsync(49);
    expect(woken).toHaveBeenCalledTimes(0);
    await vi.advanceTimersByTimeAsync(1);
    await sleeping;
    expect(woken).toHaveBeenCalledTimes(1);
  });

  it('wakes a sleeper with the reason of its signal and leaves no timer', async () => {
    const controller = new AbortController();
    const sleeping = systemClock.sleep(50, controller.signal);
    const reason = new Error('stopping');
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not even begin to sleep on an aborted signal', async () => {
    const reason = new Error('stopped before');
    await expect(systemClock.sleep(50, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes its listener off the signal when it wakes by itself', async () => {
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    const sleeping = systemClock.sleep(50, controller.signal);
    await vi.advanceTimersByTimeAsync(50);
    await sleeping;
    expect(removed).toHaveBeenCalledTimes(1);
  });
});
