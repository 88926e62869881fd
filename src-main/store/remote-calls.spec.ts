import { describe, expect, it } from 'vitest';
import { RemoteCalls } from './remote-calls.ts';
import { StoreFailure } from './store-failure.ts';

function make(limit = 3) {
  const posted: { id: number; name: string; args: unknown[] }[] = [];
  const calls = new RemoteCalls(limit, (call) => {
    if (call.name === 'uncloneable') throw new Error('could not be cloned');
    posted.push(call);
  });
  return { calls, posted };
}

describe('RemoteCalls', () => {
  it('gives every call its own answer, in whatever order they come', async () => {
    const { calls, posted } = make();
    const first = calls.call('add', [1]);
    const second = calls.call('add', [2]);
    expect(posted.map(({ name, args }) => [name, args])).toEqual([
      ['add', [1]],
      ['add', [2]],
    ]);
    calls.answer(posted[1]!.id, 'two');
    calls.answer(posted[0]!.id, 'one');
    expect(await Promise.all([first, second])).toEqual(['one', 'two']);
    expect(calls.size).toBe(0);
    expect(calls.highWater).toBe(2);
  });

  it('rejects the one that was refused', async () => {
    const { calls, posted } = make();
    const call = calls.call('add', []);
    calls.refuse(posted[0]!.id, new RangeError('too small'));
    await expect(call).rejects.toThrow('too small');
  });

  it('takes no more than its limit, and says so', async () => {
    const { calls, posted } = make(2);
    const waiting = [calls.call('a', []), calls.call('b', [])];
    await expect(calls.call('c', [])).rejects.toMatchObject({ code: 'overloaded' });
    await expect(calls.call('c', [])).rejects.toThrow(/2 calls .* "c" is refused/);
    for (const { id } of posted) calls.answer(id, null);
    await Promise.all(waiting);
    expect(posted).toHaveLength(2);
    expect(calls.call('d', [])).toBeInstanceOf(Promise);
  });

  it('rejects a call whose arguments cannot be sent, and forgets it', async () => {
    const { calls } = make();
    await expect(calls.call('uncloneable', [])).rejects.toThrow('could not be cloned');
    expect(calls.size).toBe(0);
  });

  it('rejects what waits and what comes once the other side has ended', async () => {
    const { calls, posted } = make();
    const waiting = calls.call('a', []);
    const reason = new StoreFailure('closed', 'it died');
    calls.end(reason);
    calls.end(new Error('again'));
    await expect(waiting).rejects.toBe(reason);
    await expect(calls.call('b', [])).rejects.toBe(reason);
    calls.answer(posted[0]!.id, 'late');
    expect(calls.size).toBe(0);
  });
});
