import { describe, expect, it } from 'vitest';
import { heldUpBy, type JudgedStage } from './held-up-by.ts';

const REST: Omit<JudgedStage, 'id'> = {
  busy: 0.1,
  pressed: 0,
  batchMs: 2,
  slowedMs: 0,
  queue: { size: 0, limit: 17_000 },
  failing: null,
};
const FULL = { busy: 1, pressed: 1, queue: { size: 3000, limit: 17_000 } };

const judge = (commit: Partial<JudgedStage>, transform: Partial<JudgedStage> = {}) =>
  heldUpBy([
    { ...REST, id: 'receive' },
    { ...REST, id: 'transform', ...transform },
    { ...REST, id: 'commit', ...commit },
    { ...REST, id: 'aggregate' },
  ]);

describe('the pipeline', () => {
  it('is held up by nobody who is at the limit and fast', () => {
    expect(judge({})).toBeNull();
    expect(judge({ ...FULL, batchMs: 8 })).toBeNull();
  });

  it('is held up by who takes long for a batch, all the time, with something always waiting', () => {
    expect(judge({ ...FULL, batchMs: 60.4 })).toEqual({
      stage: 'commit',
      why: 'it takes 60 ms for a batch and works 100 % of the time; 3,000 of 17,000 wait before it',
    });
    expect(judge({ ...FULL, batchMs: 60, busy: 0.7 })).toBeNull();
    expect(judge({ ...FULL, batchMs: 60, pressed: 0.8 })).toBeNull();
  });

  it('is held up by who is slowed by a drill as soon as others wait for it', () => {
    const slowed = { slowedMs: 50, busy: 0.6, pressed: 0.6, queue: { size: 12, limit: 4000 } };
    expect(judge(slowed)).toEqual({
      stage: 'commit',
      why: 'a drill slows each of its batches by 50 ms; 12 of 4,000 wait before it',
    });
    expect(judge({ ...slowed, busy: 0.05, pressed: 0.05 })).toBeNull();
  });

  it('is held up by the last of several: those before it wait for its sake', () => {
    const slowed = { ...FULL, slowedMs: 50 };
    expect(judge(slowed, slowed)?.stage).toBe('commit');
    expect(judge({}, slowed)?.stage).toBe('transform');
  });

  it('is held up by a store that refuses, even while nothing is asked of it', () => {
    expect(judge({ failing: 'disk full' })).toEqual({
      stage: 'commit',
      why: 'the store does not take its batches: disk full; 0 of 17,000 wait before it',
    });
  });
});
