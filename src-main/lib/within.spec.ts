import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';
import { within } from './within.ts';

describe('within', () => {
  it('ends with the work, well or badly, and leaves no timer', async () => {
    const clock = new VirtualClock();
    await within(clock, 100, Promise.resolve(), 'too late');
    const failure = new Error('work');
    await expect(within(clock, 100, Promise.reject(failure), 'too late')).rejects.toBe(failure);
    expect(clock.pending).toBe(0);
  });

  it('gives up with its message when the work takes longer, and does not mind how it ends', async () => {
    const clock = new VirtualClock();
    const work = Promise.withResolvers<never>();
    const outcome = within(clock, 100, work.promise, 'too late').catch((error: unknown) => error);
    await clock.advance(99);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(await outcome).toEqual(new Error('too late'));
    work.reject(new Error('unheard'));
    await clock.advance(1);
    expect(clock.pending).toBe(0);
  });
});
