import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Stoppable } from './disposables.ts';
import { seededRandom } from './random.ts';
import { ServiceProbe } from './service-probe.ts';
import type { ServiceContext, ServiceState } from './service.ts';
import { SupervisorFixture } from './supervisor-fixture.ts';
import { Supervisor, UnknownServiceError } from './supervisor.ts';
import type { VirtualClock } from './virtual-clock.ts';

let stage: SupervisorFixture;
let clock: VirtualClock;
let changes: readonly ServiceState[];
let lines: readonly string[];
let supervisor: Supervisor;

beforeEach(() => {
  stage = new SupervisorFixture();
  ({ clock, changes, lines, supervisor } = stage);
});

describe('a restart by hand', () => {
  it('stops what runs before it starts it again', async () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a'));
    const restarting = supervisor.restart('a');
    expect(stage.stateOf('a')).toBe('starting');
    await restarting;
    expect(probe.stopped).toEqual([0]);
    expect(supervisor.get('a')).toMatchObject({ state: 'running', restarts: 1 });
    expect(stage.statesSeen('a')).toEqual(['starting', 'running', 'starting', 'running']);
  });

  it('brings a failed service back with all its restarts and the first wait', async () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a'));
    await stage.exhaust(probe);
    await supervisor.restart('a');
    expect(supervisor.get('a')).toMatchObject({
      state: 'running',
      restarts: 6,
      lastError: { message: 'failure 5' },
    });
    for (const wait of [50, 100, 200, 400, 800]) {
      probe.fail();
      await clock.advance(wait);
      expect(stage.stateOf('a')).toBe('running');
    }
  });

  it('takes the place of a restart that was waiting', async () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a'));
    probe.fail();
    await supervisor.restart('a');
    expect(clock.pending).toBe(0);
    await clock.advance(10_000);
    expect(probe.runs).toHaveLength(2);
  });

  it('starts one run when it is asked for twice at once', async () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a'));
    await Promise.all([supervisor.restart('a'), supervisor.restart('a')]);
    expect(probe.runs).toHaveLength(2);
    expect(stage.stateOf('a')).toBe('running');
  });

  it('goes on when the old run fails to stop, and logs that', async () => {
    const start = vi.fn(() => ({ stop: () => Promise.reject(new Error('stuck')) }));
    supervisor.add({ id: 'a', title: 'A', start });
    await supervisor.restart('a');
    expect(start).toHaveBeenCalledTimes(2);
    expect(lines.join('')).toContain('stuck');
  });

  it('is refused for an unknown service and after stop', async () => {
    await expect(supervisor.restart('a')).rejects.toEqual(new UnknownServiceError('a'));
    await expect(supervisor.restart('a')).rejects.toMatchObject({ name: 'UnknownServiceError', id: 'a' });
    supervisor.add(new ServiceProbe().spec('a'));
    await supervisor.stop();
    await expect(supervisor.restart('a')).rejects.toThrow('the supervisor is stopped');
  });
});

describe('removing a service', () => {
  it('stops and forgets it, and frees its id at once', async () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a'));
    const removing = supervisor.remove('a');
    expect(supervisor.get('a')).toBeUndefined();
    expect(changes.at(-1)).toMatchObject({ id: 'a', state: 'stopped' });
    supervisor.add(probe.spec('a'));
    await removing;
    expect(probe.stopped).toEqual([0]);
    expect(stage.stateOf('a')).toBe('running');
  });

  it('cancels a restart that was waiting, and ignores failures from then on', async () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a'));
    probe.fail();
    await supervisor.remove('a');
    probe.fail();
    expect(clock.pending).toBe(0);
    expect(stage.statesSeen('a')).toEqual(['starting', 'running', 'backing_off', 'stopped']);
  });

  it('stops a handle that arrives late', async () => {
    const probe = new ServiceProbe();
    const start = async (context: ServiceContext): Promise<Stoppable> => {
      await clock.sleep(100);
      return probe.run(context);
    };
    supervisor.add(probe.spec('a', { start }));
    const removing = supervisor.remove('a');
    await clock.advance(100);
    await removing;
    expect(probe.stopped).toEqual([0]);
    expect(stage.statesSeen('a')).toEqual(['starting', 'stopped']);
  });

  it('stops the handle of an asynchronous start that removes its own service', async () => {
    const probe = new ServiceProbe();
    const start = async (context: ServiceContext): Promise<Stoppable> => {
      const removing = supervisor.remove('a');
      await clock.sleep(100);
      void removing;
      return probe.run(context);
    };
    supervisor.add(probe.spec('a', { start }));
    await clock.advance(100);
    expect(probe.stopped).toEqual([0]);
  });

  it('may be done by the service itself, from its start, its stop or a listener, and stops it once', async () => {
    const probe = new ServiceProbe();
    const stopping = (context: ServiceContext): Stoppable => {
      const inner = probe.run(context);
      return {
        stop: () => {
          void supervisor.remove('in stop');
          return inner.stop();
        },
      };
    };
    supervisor.add(probe.spec('in stop', { start: stopping }));
    probe.fail();
    const starting = (context: ServiceContext): Stoppable => {
      void supervisor.remove('in start');
      return probe.run(context);
    };
    supervisor.add(probe.spec('in start', { start: starting }));
    await clock.advance(10_000);
    expect(probe.stopped).toEqual([0, 1]);
    expect(supervisor.states()).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('keeps a service from starting when a listener removes it on hearing that it starts', () => {
    const eager: Supervisor = new Supervisor({
      clock,
      random: seededRandom(1),
      onChange: (state) => {
        if (state.state === 'starting') void eager.remove(state.id);
      },
    });
    const probe = new ServiceProbe();
    eager.add(probe.spec('a'));
    expect(probe.runs).toEqual([]);
  });

  it('logs a run that fails to stop, and leaves an unknown id alone', async () => {
    supervisor.add({
      id: 'a',
      title: 'A',
      start: () => ({ stop: () => Promise.reject(new Error('stuck')) }),
    });
    await supervisor.remove('a');
    expect(lines.join('')).toContain('stuck');
    await supervisor.remove('a');
  });
});
