import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { BoundedQueue } from './bounded-queue.ts';

function filled(limit: number, count: number): BoundedQueue<number> {
  const queue = new BoundedQueue<number>(limit);
  for (let item = 0; item < count; item += 1) queue.offer(item);
  return queue;
}

describe('BoundedQueue', () => {
  it('gives the oldest items first, at most as many as asked for', () => {
    const queue = filled(10, 5);
    expect(queue.take(2)).toEqual([0, 1]);
    expect(queue.take(0)).toEqual([]);
    expect(queue.take(-1)).toEqual([]);
    expect(queue.take(Number.POSITIVE_INFINITY)).toEqual([2, 3, 4]);
    expect(queue.take(1)).toEqual([]);
  });

  it('refuses what goes over its limit, and counts it', () => {
    const queue = filled(3, 3);
    expect(queue.full).toBe(true);
    expect(queue.offer(99)).toBe(false);
    expect(queue.take(10)).toEqual([0, 1, 2]);
    expect([queue.offered, queue.taken, queue.refused, queue.size, queue.room]).toEqual([4, 3, 1, 0, 3]);
  });

  it('remembers the most that ever waited', () => {
    const queue = filled(10, 7);
    queue.take(5);
    queue.offer(1);
    expect(queue.highWater).toBe(7);
  });

  it('announces room once when it falls from full to half, not before and not when it was never full', () => {
    const queue = filled(5, 4);
    const onRoom = vi.fn();
    queue.onRoom(onRoom);
    queue.take(4);
    expect(onRoom).toHaveBeenCalledTimes(0);
    for (let item = 0; item < 5; item += 1) queue.offer(item);
    queue.take(2);
    expect(onRoom).toHaveBeenCalledTimes(0);
    queue.take(1);
    expect(onRoom).toHaveBeenCalledTimes(1);
    queue.take(2);
    expect(onRoom).toHaveBeenCalledTimes(1);
  });

  it('lets the one who hears of room offer at once, up to the limit and again', () => {
    const queue = filled(4, 4);
    let next = 4;
    queue.onRoom(() => {
      while (queue.offer(next)) next += 1;
    });
    const seen: number[] = [];
    for (let round = 0; round < 5; round += 1) seen.push(...queue.take(2));
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('takes exactly half for room', () => {
    const queue = filled(4, 4);
    const onRoom = vi.fn();
    queue.onRoom(onRoom);
    queue.take(2);
    expect(onRoom).toHaveBeenCalledTimes(1);
  });

  it('stops announcing room to one who unsubscribed', () => {
    const queue = filled(1, 1);
    const onRoom = vi.fn();
    queue.onRoom(onRoom)();
    queue.take(1);
    expect(onRoom).toHaveBeenCalledTimes(0);
  });

  it('hands over its items even when a listener throws, and lets the error surface', () => {
    const queue = filled(2, 2);
    const surfaced: (() => void)[] = [];
    const microtask = vi
      .spyOn(globalThis, 'queueMicrotask')
      .mockImplementation((fn) => void surfaced.push(fn));
    const other = vi.fn();
    queue.onRoom(() => {
      throw new Error('listener');
    });
    queue.onRoom(other);
    expect(queue.take(2)).toEqual([0, 1]);
    microtask.mockRestore();
    expect(other).toHaveBeenCalledTimes(1);
    expect(surfaced).toHaveLength(1);
    expect(() => surfaced[0]?.()).toThrow('listener');
  });

  it('refuses a limit that is none', () => {
    for (const limit of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new BoundedQueue(limit)).toThrow(RangeError);
    }
  });

  it('behaves like a plain list cut at the limit, and its counters add up, under any use', () => {
    const step = fc.oneof(
      fc.record({ offer: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ take: fc.integer({ min: 0, max: 40 }) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.array(step, { maxLength: 100 }), (limit, steps) => {
        const queue = new BoundedQueue<number>(limit);
        const model: number[] = [];
        let item = 0;
        for (const action of steps) {
          if ('take' in action) expect(queue.take(action.take)).toEqual(model.splice(0, action.take));
          else {
            for (let count = 0; count < action.offer; count += 1, item += 1) {
              expect(queue.offer(item)).toBe(model.length < limit);
              if (model.length < limit) model.push(item);
            }
          }
          expect([queue.size, queue.room, queue.full]).toEqual([
            model.length,
            limit - model.length,
            model.length === limit,
          ]);
          expect(queue.offered).toBe(item);
          expect(queue.taken + queue.size + queue.refused).toBe(item);
          expect(queue.highWater).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });
});
