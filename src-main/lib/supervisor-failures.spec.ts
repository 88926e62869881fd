import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Stoppable } from './disposables.ts';
import { ServiceProbe } from './service-probe.ts';
import type { ServiceContext, ServiceSpec } from './service.ts';
import { SupervisorFixture } from './supervisor-fixture.ts';
import type { Supervisor } from './supervisor.ts';
import type { VirtualClock } from './virtual-clock.ts';

const START = 1_000_000;

let stage: SupervisorFixture;
let clock: VirtualClock;
let lines: readonly string[];
let supervisor: Supervisor;

beforeEach(() => {
  stage = new SupervisorFixture();
  ({ clock, lines, supervisor } = stage);
});

describe('a supervised service that fails', () => {
  it('is stopped, waits longer each time, and runs again, while the others do not notice', async () => {
    const probe = new ServiceProbe();
    const other = new ServiceProbe();
    supervisor.add(probe.spec('a'));
    supervisor.add(other.spec('b'));
    for (const [index, wait] of [50, 100, 200, 400, 800].entries()) {
      probe.fail();
      expect(supervisor.get('a')).toMatchObject({
        state: 'backing_off',
        until: clock.now() + wait,
        attempt: index + 1,
      });
      await clock.advance(wait - 1);
      expect(probe.stopped).toHaveLength(index + 1);
      expect(stage.stateOf('a')).toBe('backing_off');
      await clock.advance(1);
      expect(supervisor.get('a')).toMatchObject({
        state: 'running',
        since: clock.now(),
        restarts: index + 1,
      });
    }
    expect(probe.stopped).toEqual([0, 1, 2, 3, 4]);
    expect(other.runs).toHaveLength(1);
    expect(stage.statesSeen('b')).toEqual(['starting', 'running']);
    expect(clock.pending).toBe(0);
  });

  it('is marked failed at the sixth failure within a minute, and left alone', async () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a'));
    await stage.exhaust(probe);
    expect(supervisor.get('a')).toMatchObject({
      state: 'failed',
      since: clock.now() - 3_000,
      restarts: 5,
      lastError: { message: 'failure 5', at: clock.now() - 3_000 },
    });
    await clock.advance(3_600_000);
    expect(probe.runs).toHaveLength(6);
    expect(probe.stopped).toHaveLength(6);
    expect(clock.pending).toBe(0);
  });

  it('goes on for ever when it fails seldom enough, waiting little again after it held', async () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a'));
    for (let failure = 0; failure < 20; failure += 1) {
      probe.fail();
      expect(supervisor.get('a')).toMatchObject({ until: clock.now() + 50, attempt: 1 });
      await clock.advance(60_050);
    }
    expect(supervisor.get('a')).toMatchObject({ state: 'running', restarts: 20 });
  });

  it('does not count a long start as having held', async () => {
    const start = (): Promise<Stoppable> =>
      clock.sleep(70_000).then(() => Promise.reject(new Error('timed out')));
    supervisor.add({ id: 'a', title: 'A', start });
    await clock.advance(70_000);
    expect(supervisor.get('a')).toMatchObject({ state: 'backing_off', attempt: 1 });
    await clock.advance(70_050);
    expect(supervisor.get('a')).toMatchObject({ state: 'backing_off', attempt: 2, until: clock.now() + 100 });
    await supervisor.remove('a');
  });

  it('has not held when it ran for long once and then never got through its start', async () => {
    const probe = new ServiceProbe();
    const start = vi.fn<ServiceSpec['start']>(() => Promise.reject(new Error('refused')));
    start.mockImplementationOnce((context) => probe.run(context));
    supervisor.add(probe.spec('a', { start }));
    await clock.advance(70_000);
    probe.fail();
    await clock.advance(50);
    expect(supervisor.get('a')).toMatchObject({ state: 'backing_off', attempt: 2, until: clock.now() + 100 });
  });

  it('says in the log what failed, and when it was given up', async () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a'));
    await stage.exhaust(probe);
    const told = stage.lines.map((line): unknown => JSON.parse(line));
    expect(told).toHaveLength(7);
    expect(told).toMatchObject([
      ...Array.from({ length: 6 }, (_, failure) => ({
        level: 'warn',
        service: 'a',
        message: 'service failed',
        error: { message: `failure ${failure}` },
      })),
      { level: 'error', service: 'a', message: 'service marked failed', restarts: 5 },
    ]);
  });

  it('has its signal aborted, also when the signal is asked for later', () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a'));
    const early = probe.runs[0]?.signal;
    expect(early?.aborted).toBe(false);
    probe.fail();
    expect(early?.aborted).toBe(true);
    const second = new ServiceProbe();
    supervisor.add(second.spec('b'));
    second.fail();
    expect(second.runs[0]?.signal.aborted).toBe(true);
  });

  it('counts one failure for a run, whether it fails twice, finishes too, or is an old one', async () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a'));
    probe.fail('first');
    probe.fail('second');
    probe.runs[0]?.finish();
    await clock.advance(50);
    probe.runs[0]?.fail(new Error('old'));
    expect(supervisor.get('a')).toMatchObject({
      state: 'running',
      restarts: 1,
      lastError: { message: 'first' },
    });
    expect(probe.stopped).toEqual([0]);
  });

  it('may fail during its start and still has its handle stopped once', async () => {
    const probe = new ServiceProbe();
    const start = (context: ServiceContext): Stoppable => {
      context.fail('not even started');
      return probe.run(context);
    };
    supervisor.add(probe.spec('a', { start }));
    expect(supervisor.get('a')).toMatchObject({
      state: 'backing_off',
      lastError: { message: 'not even started' },
    });
    await clock.advance(49);
    expect(probe.stopped).toEqual([0]);
    expect(stage.statesSeen('a')).toEqual(['starting', 'backing_off']);
  });

  it('is not started again before its old run has stopped', async () => {
    const gate = Promise.withResolvers<null>();
    const probe = new ServiceProbe();
    const start = (context: ServiceContext): Stoppable => {
      probe.run(context);
      return { stop: () => gate.promise.then(() => {}) };
    };
    supervisor.add(probe.spec('a', { start }));
    probe.fail();
    await clock.advance(1_000);
    expect(probe.runs).toHaveLength(1);
    gate.resolve(null);
    await clock.advance(0);
    expect(probe.runs).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it('is started again when its old run does not stop in time, and that is logged', async () => {
    const probe = new ServiceProbe();
    const start = (context: ServiceContext): Stoppable => {
      probe.run(context);
      return { stop: () => Promise.withResolvers<never>().promise };
    };
    supervisor.add(probe.spec('a', { start }));
    probe.fail();
    await clock.advance(3_000);
    expect(probe.runs).toHaveLength(2);
    expect(lines.join('')).toContain('service \\"a\\" did not stop within 3000 ms');
  });

  it('is never restarted when it is temporary', async () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a', { restart: 'temporary' }));
    probe.fail();
    expect(supervisor.get('a')).toMatchObject({
      state: 'failed',
      since: START,
      lastError: { message: 'broken' },
    });
    await clock.advance(10_000);
    expect(probe.runs).toHaveLength(1);
    expect(probe.stopped).toEqual([0]);
  });
});

describe('a supervised service that finishes', () => {
  it('is started again when permanent, without an error', async () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a'));
    probe.runs[0]?.finish();
    expect(supervisor.get('a')).toMatchObject({ state: 'backing_off', lastError: null });
    await clock.advance(50);
    expect(supervisor.get('a')).toMatchObject({ state: 'running', restarts: 1 });
  });

  it('stays stopped when transient or temporary, and can be restarted by hand', async () => {
    for (const restart of ['transient', 'temporary'] as const) {
      const probe = new ServiceProbe();
      supervisor.add(probe.spec(restart, { restart }));
      probe.runs[0]?.finish();
      expect(stage.stateOf(restart)).toBe('stopped');
      await clock.advance(10_000);
      expect(probe.stopped).toEqual([0]);
      await supervisor.restart(restart);
      expect(stage.stateOf(restart)).toBe('running');
    }
  });

  it('is restarted when transient and it failed', () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a', { restart: 'transient' }));
    probe.fail();
    expect(stage.stateOf('a')).toBe('backing_off');
  });
});
