import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { SummaryCache } from './summary-cache.ts';

function harness() {
  const clock = new VirtualClock(0);
  const cache = new SummaryCache<string>(clock);
  let computed = 0;
  const read = async (key: string, version: number): Promise<string> => {
    const answer = await cache.read(key, version, () => Promise.resolve(`${key}${version} ${++computed}`));
    return `${answer.cache} ${answer.value}`;
  };
  return { clock, cache, read, computations: () => computed };
}

describe('a summary that is kept', () => {
  it('is computed once, given again, and computed anew when what it is made of has changed', async () => {
    const { read } = harness();
    expect(await read('a', 1)).toBe('MISS a1 1');
    expect(await read('a', 1)).toBe('HIT a1 1');
    expect(await read('a', 2)).toBe('MISS a2 2');
    expect(await read('a', 2)).toBe('HIT a2 2');
  });

  it('is computed anew after 10 s', async () => {
    const { clock, read } = harness();
    await read('a', 1);
    await clock.advance(9999);
    expect(await read('a', 1)).toBe('HIT a1 1');
    await clock.advance(1);
    expect(await read('a', 1)).toBe('MISS a1 2');
  });

  it('costs a thousand readers at once one computation', async () => {
    const { read, computations } = harness();
    const answers = await Promise.all(Array.from({ length: 1000 }, () => read('a', 1)));
    expect(computations()).toBe(1);
    expect(answers.filter((answer) => answer === 'MISS a1 1')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'HIT a1 1')).toHaveLength(999);
  });

  it('that is still computed is not given to those who ask after a change', async () => {
    const { cache } = harness();
    let finish = (_: string): void => undefined;
    const slow = cache.read('a', 1, () => new Promise((resolve) => (finish = resolve)));
    expect(await cache.read('a', 2, () => Promise.resolve('new'))).toEqual({ value: 'new', cache: 'MISS' });
    finish('old');
    expect(await slow).toEqual({ value: 'old', cache: 'MISS' });
    expect(await cache.read('a', 2, () => Promise.resolve('newer'))).toEqual({ value: 'new', cache: 'HIT' });
  });

  it('leaves with the 17th, the one computed longest ago first', async () => {
    const { read } = harness();
    for (let key = 0; key < 17; key++) await read(`k${key}`, 1);
    expect(await read('k1', 1)).toBe('HIT k11 2');
    expect(await read('k0', 1)).toBe('MISS k01 18');
  });

  it('that could not be computed is tried again by the next', async () => {
    const { cache, read } = harness();
    const failing = () => Promise.reject(new Error('the disk is gone'));
    await expect(cache.read('a', 1, failing)).rejects.toThrow('the disk is gone');
    expect(await read('a', 1)).toBe('MISS a1 1');
  });
});
