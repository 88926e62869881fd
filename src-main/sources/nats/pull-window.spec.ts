import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_OUTSTANDING, PullWindow } from './pull-window.ts';

describe('PullWindow', () => {
  it('asks for as much as there is room for, in two requests at once', () => {
    const window = new PullWindow();
    expect([window.next(5000), window.next(5000), window.next(5000)]).toEqual([1000, 1000, 0]);
  });

  it('asks for nothing when there is no room, and for little when there is little', () => {
    const window = new PullWindow();
    expect(window.next(0)).toBe(0);
    expect(window.next(7)).toBe(7);
    expect(window.next(7)).toBe(0);
  });

  it('waits with a small request while another is under way', () => {
    const window = new PullWindow();
    window.next(1000);
    expect(window.next(1100)).toBe(0);
    expect(window.next(1200)).toBe(200);
  });

  it('asks again for what a request that ended did not bring', () => {
    const window = new PullWindow();
    window.next(1000);
    window.expired(400);
    expect(window.outstanding).toBe(600);
    window.expired(4000);
    expect(window.outstanding).toBe(0);
  });

  it('says when asking again is worth it: with enough to ask for, and whenever nothing is under way', () => {
    const window = new PullWindow();
    window.next(MAX_OUTSTANDING);
    window.next(MAX_OUTSTANDING);
    const worth = Array.from({ length: MAX_OUTSTANDING }, () => window.delivered());
    expect(worth.indexOf(true)).toBe(199);
    expect(worth.at(-1)).toBe(true);
  });

  it('never has more outstanding than the limit or the room, and never stalls while there is room', () => {
    const step = fc.oneof(
      fc.record({ deliver: fc.integer({ min: 1, max: 1500 }) }),
      fc.record({ commit: fc.integer({ min: 1, max: 3000 }) }),
      fc.record({ expire: fc.integer({ min: 0, max: 1200 }) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.array(step, { maxLength: 60 }), (limit, steps) => {
        const window = new PullWindow();
        let waiting = 0;
        const ask = (): void => {
          window.next(limit - waiting);
          expect(window.outstanding).toBeLessThanOrEqual(Math.min(MAX_OUTSTANDING, limit - waiting));
        };
        ask();
        for (const each of steps) {
          if ('deliver' in each) {
            for (let count = Math.min(each.deliver, window.outstanding); count > 0; count -= 1) {
              waiting += 1;
              if (window.delivered()) ask();
            }
          } else if ('commit' in each) {
            waiting = Math.max(0, waiting - each.commit);
            ask();
          } else {
            window.expired(Math.min(each.expire, window.outstanding));
            ask();
          }
          expect(window.outstanding > 0 || waiting === limit).toBe(true);
        }
      }),
    );
  });
});
