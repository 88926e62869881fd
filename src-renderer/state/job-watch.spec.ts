import { describe, expect, it } from 'vitest';
import { fakeJob } from './fake-invoice.ts';
import { JobWatch } from './job-watch.ts';

describe('JobWatch', () => {
  it('tells once of a job that was seen to run and has ended', () => {
    const watch = new JobWatch();
    expect(watch.see([fakeJob()])).toEqual([]);
    const ended = fakeJob({ state: 'done' });
    expect(watch.see([ended])).toEqual([ended]);
    expect(watch.see([ended])).toEqual([]);
  });

  it('does not tell of jobs that had ended before', () => {
    expect(new JobWatch().see([fakeJob({ state: 'failed' })])).toEqual([]);
  });
});
