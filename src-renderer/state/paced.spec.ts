import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Paced } from './paced.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('Paced', () => {
  it('works at once, then once a span, the last asking included', () => {
    const work = vi.fn();
    const paced = new Paced(250, work);
    for (let asked = 0; asked < 5; asked++) paced.ask();
    expect(work).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(250);
    expect(work).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(10_000);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('does nothing any more once it is stopped', () => {
    const work = vi.fn();
    const paced = new Paced(250, work);
    paced.ask();
    paced.ask();
    paced.stop();
    vi.advanceTimersByTime(1000);
    expect(work).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
