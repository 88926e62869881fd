import { describe, expect, it } from 'vitest';
import { LatestOnly } from './latest-only.ts';

/** A task that ends when it is told to. */
function task(name: string, log: string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const run = async (): Promise<void> => {
    log.push(name);
    await promise;
  };
  return { run, end: () => resolve(undefined), fail: () => reject(new Error(`${name} failed`)) };
}

describe('LatestOnly', () => {
  it('runs the first and the last of what is asked for at once', async () => {
    const log: string[] = [];
    const latest = new LatestOnly();
    const [first, second, third] = [task('first', log), task('second', log), task('third', log)];
    const done = latest.run(first.run);
    await latest.run(second.run);
    await latest.run(third.run);
    expect(log).toEqual(['first']);
    first.end();
    third.end();
    await done;
    expect(log).toEqual(['first', 'third']);
  });

  it('hands on what a task threw, drops what waited, and goes on with the next', async () => {
    const log: string[] = [];
    const latest = new LatestOnly();
    const [bad, waiting, good] = [task('bad', log), task('waiting', log), task('good', log)];
    const done = latest.run(bad.run);
    await latest.run(waiting.run);
    bad.fail();
    await expect(done).rejects.toThrow('bad failed');
    good.end();
    await latest.run(good.run);
    expect(log).toEqual(['bad', 'good']);
  });
});
