import { describe, expect, it } from 'vitest';
import { unlessEnded } from './unless-ended.ts';

describe('unlessEnded', () => {
  it('gives the result of the work, or its failure', async () => {
    const { signal } = new AbortController();
    await expect(unlessEnded(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(unlessEnded(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
  });

  it('ends with the signal, even if the work never does', async () => {
    const end = new AbortController();
    const waiting = unlessEnded(new Promise(() => undefined), end.signal);
    end.abort(new Error('over'));
    await expect(waiting).rejects.toThrow('over');
    await expect(unlessEnded(Promise.resolve(1), end.signal)).rejects.toThrow('over');
  });
});
