import { beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { LogFolding } from './log-folding.ts';

const warn = vi.fn();
let started: number;
let stopped: number;
let answers: PromiseWithResolvers<unknown>[];
let folding: LogFolding;

const start = () => {
  started += 1;
  return {
    call: () => {
      const answer = Promise.withResolvers<unknown>();
      answers.push(answer);
      return answer.promise;
    },
    stop: async () => {
      stopped += 1;
    },
  };
};

beforeEach(() => {
  warn.mockClear();
  started = 0;
  stopped = 0;
  answers = [];
  folding = new LogFolding(start, { ...silentLog, warn });
});

/** Lets everything happen that waits for nothing else. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('LogFolding', () => {
  it('starts its thread when the log first grows, and never twice', async () => {
    expect(started).toBe(0);
    folding.grown();
    answers[0]?.resolve({});
    await settled();
    folding.grown();
    expect([started, answers.length]).toEqual([1, 2]);
  });

  it('folds once at a time: what grows meanwhile is folded the next time', async () => {
    for (let times = 0; times < 5; times += 1) folding.grown();
    expect(answers).toHaveLength(1);
    answers[0]?.resolve({});
    await settled();
    expect(answers).toHaveLength(1);
  });

  it('tells of failing once, until it succeeds again', async () => {
    const outcomes = ['first', 'second', null, 'third'];
    for (const [index, reason] of outcomes.entries()) {
      folding.grown();
      if (reason === null) answers[index]?.resolve({});
      else answers[index]?.reject(new Error(reason));
      await settled();
    }
    expect(warn.mock.calls.map(([, fields]): unknown => fields)).toEqual([
      { reason: 'first' },
      { reason: 'third' },
    ]);
  });

  it('tells of a thread that cannot be started', async () => {
    folding = new LogFolding(
      () => {
        throw new Error('no thread');
      },
      { ...silentLog, warn },
    );
    folding.grown();
    await settled();
    expect(warn).toHaveBeenCalledWith('the log of the database is not folded', { reason: 'no thread' });
    await folding.stop();
  });

  it('lets others have the log to themselves: waits for its end, and begins nothing meanwhile', async () => {
    folding.grown();
    const theirs = Promise.withResolvers<string>();
    const work = vi.fn(() => theirs.promise);
    const done = folding.without(work);
    await settled();
    expect(work).not.toHaveBeenCalled();
    answers[0]?.resolve({});
    await settled();
    expect(work).toHaveBeenCalledTimes(1);
    folding.grown();
    expect(answers).toHaveLength(1);
    theirs.resolve('theirs');
    expect(await done).toBe('theirs');
    folding.grown();
    expect(answers).toHaveLength(2);
  });

  it('stops once it is done, and begins nothing any more', async () => {
    folding.grown();
    const stopping = folding.stop();
    await settled();
    expect(stopped).toBe(0);
    answers[0]?.resolve({});
    await stopping;
    folding.grown();
    expect([stopped, answers.length]).toEqual([1, 1]);
  });

  it('has nothing to stop when it never began', async () => {
    await folding.stop();
    expect([started, stopped]).toEqual([0, 0]);
  });
});
