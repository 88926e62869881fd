import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onWake } from './on-wake.ts';

let stop: () => void;
const woken = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  woken.mockClear();
  stop = onWake(woken);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('onWake', () => {
  it('hears of the network and of the page becoming visible', () => {
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(woken).toHaveBeenCalledTimes(2);
  });

  it('notices a sleep by a timer that fired far too late', () => {
    vi.advanceTimersByTime(20_000);
    expect(woken).not.toHaveBeenCalled();
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(5000);
    expect(woken).toHaveBeenCalledOnce();
  });

  it('leaves nothing behind', () => {
    stop();
    window.dispatchEvent(new Event('online'));
    expect(woken).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
