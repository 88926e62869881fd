import { describe, expect, it } from 'vitest';
import { Incarnation } from './incarnation.ts';
import { silentLog } from './log.ts';
import { ServiceProbe } from './service-probe.ts';

describe('Incarnation', () => {
  it('tells that it started and failed, and nothing after that', () => {
    const told: unknown[] = [];
    const probe = new ServiceProbe();
    const run = new Incarnation(probe.spec('a'), silentLog, {
      started: () => told.push('started'),
      failed: (error) => told.push(error),
      finished: () => told.push('finished'),
    });
    run.begin();
    const failure = new Error('broken');
    probe.runs[0]?.fail(failure);
    probe.runs[0]?.finish();
    expect(told).toEqual(['started', failure]);
  });

  it('stops its handle once, even when that leads back to its own stop', async () => {
    let stops = 0;
    const stop = async (): Promise<void> => {
      stops += 1;
      if (stops < 3) void run.stop();
    };
    const silent = { started: () => {}, failed: () => {}, finished: () => {} };
    const run = new Incarnation({ id: 'a', title: 'A', start: () => ({ stop }) }, silentLog, silent);
    run.begin();
    await Promise.all([run.stop(), run.stop()]);
    await run.stop();
    expect(stops).toBe(1);
  });
});
