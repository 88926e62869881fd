import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { WorkStage } from './work-stage.ts';

function openStage(max: number) {
  const clock = new VirtualClock();
  const done: string[] = [];
  const passes = { most: Infinity };
  const stage = new WorkStage({
    clock,
    demand: { min: 1, max },
    mayPass: () => done.length < passes.most,
    onChange: () => undefined,
  });
  const add = (name: string, weight = 1) => stage.add(weight, () => done.push(name));
  return { clock, stage, done, passes, add };
}

describe('a stage', () => {
  it('does what waits in order, as soon as the next one takes it', () => {
    const { stage, done, passes, add } = openStage(10);
    passes.most = 1;
    for (const name of ['a', 'b', 'c']) add(name);
    stage.pump();
    expect([done, stage.size, stage.isClear]).toEqual([['a'], 2, false]);
    passes.most = Infinity;
    stage.pump();
    expect([done, stage.size, stage.isClear]).toEqual([['a', 'b', 'c'], 0, true]);
    expect(stage.meter.highWater).toBe(3);
  });

  it('that is slowed takes a batch at a time, of what its demand allows or of one that is larger', async () => {
    const { clock, stage, done, add } = openStage(2);
    stage.slow(50);
    for (const name of ['a', 'b', 'c']) add(name);
    add('large', 9);
    stage.pump();
    await clock.advance(49);
    expect(done).toEqual([]);
    await clock.advance(1);
    expect(done).toEqual(['a', 'b']);
    await clock.advance(50);
    expect(done).toEqual(['a', 'b', 'c']);
    await clock.advance(50);
    expect([done.at(-1), clock.pending]).toEqual(['large', 0]);
    expect(stage.meter.pressure(150)).toMatchObject({ busy: 1, pressed: 1, batchMs: 50 });
  });

  it('goes on at once when it is not slowed any more, and forgets what waits when it is stopped', async () => {
    const { clock, stage, done, add } = openStage(1);
    stage.slow(50);
    add('a');
    stage.pump();
    await clock.advance(20);
    stage.slow(0);
    expect(done).toEqual(['a']);
    stage.slow(50);
    add('b');
    stage.pump();
    stage.stop();
    await clock.advance(100);
    expect([done, stage.size, clock.pending]).toEqual([['a'], 0, 0]);
  });

  it('does not let anything pass by what it is working on', () => {
    const { stage, done } = openStage(10);
    stage.add(1, () => {
      expect(stage.isClear).toBe(false);
      stage.add(1, () => done.push('second'));
      stage.pump();
      done.push('first');
    });
    stage.pump();
    expect(done).toEqual(['first', 'second']);
  });

  it('keeps nothing of the work that is done, while more waits', async () => {
    const { clock, stage, add } = openStage(1);
    stage.slow(50);
    const events = new WeakRef(addHolding(stage));
    add('next');
    stage.pump();
    await clock.advance(50);
    expect(stage.size).toBe(1);
    await collectGarbage();
    expect(events.deref()).toBeUndefined();
  });
});

/** Adds work that holds events; on a stack of its own, so that only the stage holds them. */
function addHolding(stage: WorkStage): object {
  const events = { count: 1000 };
  stage.add(1, () => events.count--);
  return events;
}

async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What a WeakRef was made of or asked for lives until the end of its turn.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
}
