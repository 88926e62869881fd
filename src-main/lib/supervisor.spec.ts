import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Stoppable } from './disposables.ts';
import { seededRandom } from './random.ts';
import { ServiceProbe } from './service-probe.ts';
import type { ServiceContext, ServiceSpec } from './service.ts';
import { SupervisorFixture } from './supervisor-fixture.ts';
import { Supervisor } from './supervisor.ts';
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

describe('a supervisor starting services', () => {
  it('has a synchronous service running when add returns, with no timer held', () => {
    supervisor.add(new ServiceProbe().spec('a'));
    expect(supervisor.get('a')).toEqual({
      id: 'a',
      title: 'The a',
      state: 'running',
      since: START,
      restarts: 0,
      lastError: null,
    });
    expect(stage.statesSeen('a')).toEqual(['starting', 'running']);
    expect(clock.pending).toBe(0);
  });

  it('shows an asynchronous service as starting until its handle is there', async () => {
    const stop = vi.fn(async () => {});
    supervisor.add({ id: 'a', title: 'A', start: () => clock.sleep(100).then(() => ({ stop })) });
    expect(stage.stateOf('a')).toBe('starting');
    await clock.advance(100);
    expect(supervisor.get('a')).toMatchObject({ state: 'running', since: START + 100 });
    await supervisor.stop();
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it('takes a start that throws or rejects for a failure, and tries again', async () => {
    const start = vi.fn<ServiceSpec['start']>(() => Promise.reject(new Error('refused nats://u:p@h')));
    start.mockImplementationOnce(() => {
      throw new Error('thrown');
    });
    supervisor.add({ id: 'a', title: 'A', start });
    expect(supervisor.get('a')).toMatchObject({
      state: 'backing_off',
      until: START + 50,
      attempt: 1,
      restarts: 0,
      lastError: { message: 'thrown', at: START },
    });
    await clock.advance(50);
    expect(supervisor.get('a')).toMatchObject({
      state: 'backing_off',
      attempt: 2,
      restarts: 1,
      lastError: { message: 'refused nats://***@h', at: START + 50 },
    });
  });

  it('refuses an id that is taken, and lists services in the order they came', () => {
    supervisor.add(new ServiceProbe().spec('b'));
    supervisor.add(new ServiceProbe().spec('a'));
    expect(() => {
      supervisor.add(new ServiceProbe().spec('a'));
    }).toThrow('service "a" is supervised already');
    expect(supervisor.states().map((state) => state.id)).toEqual(['b', 'a']);
    expect(supervisor.get('c')).toBeUndefined();
  });

  it('gives each run a log that names the service', () => {
    supervisor.add({
      id: 'a',
      title: 'A',
      start: ({ log }) => {
        log.info('hello');
        return { stop: async () => {} };
      },
    });
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { message: 'hello', service: 'a' },
    ]);
  });

  it('works with its defaults alone', async () => {
    const plain = new Supervisor({ clock, random: { fork: () => ({ ...seededRandom(1), next: () => 1 }) } });
    const probe = new ServiceProbe();
    plain.add(probe.spec('a'));
    probe.fail();
    expect(plain.get('a')).toMatchObject({ state: 'backing_off', until: START + 25 });
    await plain.stop();
    expect(clock.pending).toBe(0);
  });
});

describe('a supervisor that stops', () => {
  it('stops everything in reverse order, each after the one before, once', async () => {
    const seen: string[] = [];
    for (const id of ['a', 'b', 'c']) {
      const stop = async (): Promise<void> => {
        seen.push(`${id} begins`);
        await Promise.resolve();
        seen.push(`${id} ends`);
      };
      supervisor.add({ id, title: id, start: () => ({ stop }) });
    }
    const stopping = supervisor.stop();
    expect(supervisor.stop()).toBe(stopping);
    await stopping;
    expect(seen).toEqual(['c begins', 'c ends', 'b begins', 'b ends', 'a begins', 'a ends']);
    expect(supervisor.states().map((state) => state.state)).toEqual(['stopped', 'stopped', 'stopped']);
  });

  it('ignores failures and ends from the moment it is asked, cancels what waits and takes nothing more', async () => {
    const [waiting, failing, finishing] = [new ServiceProbe(), new ServiceProbe(), new ServiceProbe()];
    supervisor.add(waiting.spec('waiting'));
    supervisor.add(failing.spec('failing'));
    supervisor.add(finishing.spec('finishing'));
    waiting.fail();
    const stopping = supervisor.stop();
    expect(clock.pending).toBe(1);
    failing.fail();
    finishing.runs[0]?.finish();
    expect(() => {
      supervisor.add(new ServiceProbe().spec('late'));
    }).toThrow('the supervisor is stopped');
    await supervisor.remove('failing');
    await stopping;
    await clock.advance(10_000);
    expect(clock.pending).toBe(0);
    expect([waiting, failing, finishing].map((probe) => probe.stopped)).toEqual([[0], [0], [0]]);
    for (const id of ['failing', 'finishing']) {
      expect(stage.statesSeen(id)).toEqual(['starting', 'running', 'stopped']);
    }
  });

  it('keeps going when some do not stop cleanly, and rejects with what they said', async () => {
    const probe = new ServiceProbe();
    supervisor.add(probe.spec('a'));
    supervisor.add({
      id: 'b',
      title: 'B',
      start: () => ({ stop: () => Promise.reject(new Error('stuck')) }),
    });
    supervisor.add({
      id: 'c',
      title: 'C',
      start: () => ({ stop: () => Promise.withResolvers<never>().promise }),
    });
    const outcome = supervisor.stop().catch((error: unknown) => error);
    await clock.advance(3_000);
    const error = (await outcome) as AggregateError;
    expect(error.message).toBe('2 services did not stop cleanly');
    expect(error.errors.map(String)).toEqual([
      'Error: service "c" did not stop within 3000 ms',
      'Error: stuck',
    ]);
    expect(probe.stopped).toEqual([0]);
  });

  it('does not report again what failed to stop and was logged before', async () => {
    const start = ({ fail }: ServiceContext): Stoppable => {
      fail('broken');
      return { stop: () => Promise.reject(new Error('stuck')) };
    };
    supervisor.add({ id: 'a', title: 'A', start, restart: 'temporary' });
    await clock.advance(0);
    expect(lines.join('')).toContain('stuck');
    await supervisor.stop();
  });

  it('waits for removals that are under way', async () => {
    const gate = Promise.withResolvers<null>();
    supervisor.add({ id: 'a', title: 'A', start: () => ({ stop: () => gate.promise.then(() => {}) }) });
    void supervisor.remove('a');
    let stopped = false;
    const stopping = supervisor.stop().then(() => (stopped = true));
    await clock.advance(0);
    expect(stopped).toBe(false);
    gate.resolve(null);
    await stopping;
  });
});

describe('a supervisor and those around it', () => {
  it('does not let a listener that throws hurt a service, and logs it', async () => {
    const hurt = new Supervisor({
      clock,
      random: seededRandom(1),
      log: stage.log,
      onChange: () => {
        throw new Error('listener');
      },
    });
    const probe = new ServiceProbe();
    hurt.add(probe.spec('a'));
    expect(hurt.get('a')?.state).toBe('running');
    expect(lines.join('')).toContain('listener to service states failed');
    await hurt.stop();
  });

  it('holds no timer for 5,000 running services, and one for each that waits', async () => {
    const probes = Array.from({ length: 5_000 }, () => new ServiceProbe());
    probes.forEach((probe, index) => {
      supervisor.add(probe.spec(`worker ${index}`));
    });
    expect(clock.pending).toBe(0);
    for (const probe of probes) probe.fail();
    await clock.advance(0);
    expect(clock.pending).toBe(5_000);
    await clock.advance(50);
    expect(clock.pending).toBe(0);
    expect(supervisor.states().every((state) => state.state === 'running' && state.restarts === 1)).toBe(
      true,
    );
    await supervisor.stop();
    expect(probes.every((probe) => probe.stopped.length === 2)).toBe(true);
  });
});
