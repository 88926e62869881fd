import { describe, expect, it } from 'vitest';
import { RecentTimes } from './recent-times.ts';

describe('RecentTimes', () => {
  it('takes a timestamp of a symbol as new once', () => {
    const recent = new RecentTimes(() => null);
    expect([recent.take('AAPL', 1), recent.take('AAPL', 1), recent.take('MSFT', 1)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('knows what was stored before it began, and asks for it once', () => {
    let asked = 0;
    const recent = new RecentTimes(() => {
      asked += 1;
      return 7;
    });
    expect([recent.take('AAPL', 7), recent.take('AAPL', 8), recent.take('AAPL', 7)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(asked).toBe(1);
  });

  it('takes a late quote as new, and remembers it', () => {
    const recent = new RecentTimes(() => 7);
    expect([recent.take('AAPL', 3), recent.take('AAPL', 3)]).toEqual([true, false]);
  });

  it('remembers the last eight of a symbol', () => {
    const recent = new RecentTimes(() => null);
    for (let time = 1; time <= 9; time += 1) recent.take('AAPL', time);
    expect([recent.take('AAPL', 2), recent.take('AAPL', 1)]).toEqual([false, true]);
  });

  it('asks again for a symbol that was let go', () => {
    let stored = 1;
    const recent = new RecentTimes(() => stored);
    recent.take('AAPL', 5);
    recent.keep(new Set());
    stored = 6;
    expect([recent.take('AAPL', 6), recent.take('AAPL', 5)]).toEqual([false, true]);
  });
});
