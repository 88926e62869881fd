import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.ts';
import { VirtualClock } from './virtual-clock.ts';

const taken = (bucket: TokenBucket, times: number) =>
  Array.from({ length: times }, () => bucket.take()).filter(Boolean).length;

describe('a token bucket', () => {
  it('lets a burst through at once and no more, then what its rate earns', async () => {
    const clock = new VirtualClock(0);
    const bucket = new TokenBucket({ perSecond: 10, burst: 40 }, clock);
    expect(taken(bucket, 100)).toBe(40);
    await clock.advance(99);
    expect(bucket.take()).toBe(false);
    await clock.advance(1000);
    expect(taken(bucket, 100)).toBe(10);
  });

  it('earns no more than a burst while nothing is taken', async () => {
    const clock = new VirtualClock(0);
    const bucket = new TokenBucket({ perSecond: 10, burst: 40 }, clock);
    await clock.advance(3_600_000);
    expect(taken(bucket, 100)).toBe(40);
  });
});
