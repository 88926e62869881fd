import { describe, expect, it } from 'vitest';
import { Emitter } from './emitter.ts';

function neverFails(error: unknown): void {
  throw error;
}

describe('Emitter', () => {
  it('calls every listener with the value, in the order they subscribed', () => {
    const emitter = new Emitter<number>(neverFails);
    const heard: string[] = [];
    emitter.on((value) => heard.push(`a${value}`));
    emitter.on((value) => heard.push(`b${value}`));
    emitter.emit(1);
    emitter.emit(2);
    expect(heard).toEqual(['a1', 'b1', 'a2', 'b2']);
  });

  it('counts its subscriptions and forgets one that is cancelled, even twice', () => {
    const emitter = new Emitter<number>(neverFails);
    const heard: number[] = [];
    const listener = (value: number): void => void heard.push(value);
    const cancel = emitter.on(listener);
    emitter.on(listener);
    expect(emitter.size).toBe(2);
    cancel();
    cancel();
    expect(emitter.size).toBe(1);
    emitter.emit(5);
    expect(heard).toEqual([5]);
  });

  it('lets neither the caller nor the other listeners feel a listener that throws', () => {
    const errors: unknown[] = [];
    const emitter = new Emitter<number>((error) => errors.push(error));
    const failure = new Error('listener');
    const heard: number[] = [];
    emitter.on(() => {
      throw failure;
    });
    emitter.on((value) => heard.push(value));
    emitter.emit(1);
    emitter.emit(2);
    expect(heard).toEqual([1, 2]);
    expect(errors).toEqual([failure, failure]);
  });

  it('does not call a listener that an earlier one has just unsubscribed', () => {
    const emitter = new Emitter<number>(neverFails);
    const heard: number[] = [];
    emitter.on(() => cancel());
    const cancel = emitter.on((value) => heard.push(value));
    emitter.emit(1);
    expect(heard).toEqual([]);
  });

  it('calls a listener that subscribes during an emission only from the next value on', () => {
    const emitter = new Emitter<number>(neverFails);
    const heard: number[] = [];
    const cancel = emitter.on(() => {
      cancel();
      emitter.on((value) => heard.push(value));
    });
    emitter.emit(1);
    emitter.emit(2);
    expect(heard).toEqual([2]);
  });
});
