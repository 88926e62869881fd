import { describe, expect, it } from 'vitest';
import { StopStack } from './disposables.ts';

describe('StopStack', () => {
  it('returns what was added', () => {
    const handle = { stop: async () => {}, name: 'socket' };
    expect(new StopStack().add(handle)).toBe(handle);
  });

  it('stops in reverse order, each only after the one before has finished', async () => {
    const seen: string[] = [];
    const gate = Promise.withResolvers<null>();
    const stack = new StopStack();
    stack.defer(() => void seen.push('first'));
    stack.add({
      stop: async () => {
        seen.push('second begins');
        await gate.promise;
        seen.push('second ends');
      },
    });
    const stopping = stack.stop();
    await Promise.resolve();
    await Promise.resolve();
    expect(seen).toEqual(['second begins']);
    gate.resolve(null);
    await stopping;
    expect(seen).toEqual(['second begins', 'second ends', 'first']);
  });

  it('stops only once and gives every caller the same promise', async () => {
    let stops = 0;
    const stack = new StopStack();
    stack.defer(() => void (stops += 1));
    const first = stack.stop();
    expect(stack.stop()).toBe(first);
    await first;
    expect(stack.stop()).toBe(first);
    expect(stops).toBe(1);
  });

  it('keeps going when some fail, and rejects with all their errors', async () => {
    const seen: string[] = [];
    const stack = new StopStack();
    const thrown = new Error('thrown');
    const rejected = new Error('rejected');
    stack.defer(() => void seen.push('last'));
    stack.defer(() => {
      throw thrown;
    });
    stack.defer(() => void seen.push('middle'));
    stack.add({ stop: () => Promise.reject(rejected) });
    const error: unknown = await stack.stop().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).errors).toEqual([rejected, thrown]);
    expect((error as AggregateError).message).toContain('2 of the parts');
    expect(seen).toEqual(['middle', 'last']);
  });

  it('stops a newcomer at once while stopping, and waits for it', async () => {
    const seen: string[] = [];
    const gate = Promise.withResolvers<null>();
    const stack = new StopStack();
    stack.defer(() => {
      stack.defer(() => {
        seen.push('newcomer');
        return gate.promise.then(() => {});
      });
      seen.push('old');
    });
    let stopped = false;
    const stopping = stack.stop().then(() => (stopped = true));
    await new Promise((resolve) => process.nextTick(resolve));
    await new Promise((resolve) => process.nextTick(resolve));
    expect(seen).toEqual(['newcomer', 'old']);
    expect(stopped).toBe(false);
    gate.resolve(null);
    await stopping;
  });

  it('reports the failure of a newcomer among the others while stopping', async () => {
    const failure = new Error('late');
    const stack = new StopStack();
    stack.defer(() => stack.defer(() => Promise.reject(failure)));
    const error: unknown = await stack.stop().catch((reason: unknown) => reason);
    expect((error as AggregateError).errors).toEqual([failure]);
  });

  it('stops a newcomer at once after the end, and reports its failure', async () => {
    const failure = new Error('late');
    const reported = new Promise((resolve) => {
      const stack = new StopStack(resolve);
      void stack.stop().then(() => {
        let stopped = false;
        stack.defer(() => void (stopped = true));
        expect(stopped).toBe(true);
        stack.defer(() => Promise.reject(failure));
      });
    });
    expect(await reported).toBe(failure);
  });
});
