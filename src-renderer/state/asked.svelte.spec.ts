import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Asked } from './asked.svelte.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const later = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
};

describe('Asked', () => {
  it('asks at once, then at most once in the span, however often it changes', async () => {
    const fetch = vi.fn(() => Promise.resolve(fetch.mock.calls.length));
    const asked = new Asked(1000, fetch, Date.now);
    expect(asked.answer).toBeNull();
    for (let change = 0; change < 5; change += 1) asked.ask();
    await later(0);
    expect(asked.answer).toBe(1);
    await later(999);
    expect(fetch).toHaveBeenCalledTimes(1);
    await later(1);
    expect(asked.answer).toBe(2);
    await later(10_000);
    expect(fetch).toHaveBeenCalledTimes(2);
    asked.stop();
  });

  it('waits for a slow answer before it asks again', async () => {
    const answers: PromiseWithResolvers<string>[] = [];
    const fetch = (): Promise<string> => {
      answers.push(Promise.withResolvers<string>());
      return answers.at(-1)?.promise ?? Promise.reject(new Error('none'));
    };
    const asked = new Asked(1000, fetch, Date.now);
    asked.ask();
    for (let second = 0; second < 3; second += 1) {
      await later(1000);
      asked.ask();
    }
    expect(answers).toHaveLength(1);
    answers[0]?.resolve('first');
    await later(0);
    expect(asked.answer).toBe('first');
    expect(answers).toHaveLength(2);
    asked.stop();
  });

  it('keeps its answer while the next does not come, says since when and why, and asks again by itself', async () => {
    let broken = false;
    const fetch = () =>
      broken ? Promise.reject(new Error('the engine is starting')) : Promise.resolve('fine');
    const asked = new Asked(1000, fetch, Date.now);
    asked.ask();
    await later(2000);
    broken = true;
    asked.ask();
    await later(0);
    expect(asked.answer).toBe('fine');
    expect(asked.failure).toEqual({ since: 1_002_000, reason: 'the engine is starting' });
    await later(6000);
    expect(asked.failure?.since).toBe(1_002_000);
    broken = false;
    await later(6000);
    expect(asked.failure).toBeNull();
    asked.stop();
  });

  it('drops an answer that comes after it was stopped, and leaves no timer', async () => {
    const late = Promise.withResolvers<string>();
    const asked = new Asked(1000, () => late.promise, Date.now);
    asked.ask();
    asked.ask();
    asked.stop();
    late.resolve('late');
    await later(0);
    expect(asked.answer).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });
});
