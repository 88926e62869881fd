import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { Service } from '../../src-contract/system.ts';
import type { ServicePhase, ServiceState } from '../lib/service.ts';
import { ServiceStates } from './service-states.ts';
import { listedServices, serviceCounts, toService, type SeenState } from './service-tree.ts';

const AT = Date.UTC(2026, 10, 21);

function seen(id: string, phase: ServicePhase, rest: Partial<ServiceState> = {}): SeenState {
  return {
    state: { id, title: id, restarts: 0, lastError: null, ...phase, ...rest } as ServiceState,
    seenAt: AT,
  };
}

const running: ServicePhase = { state: 'running', since: AT - 1000 };

describe('toService', () => {
  it('says where a service is in the words of the contract', () => {
    const service = toService(
      seen(
        'nats',
        { state: 'backing_off', until: AT + 50, attempt: 1 },
        {
          restarts: 2,
          lastError: { message: 'refused', at: AT },
        },
      ),
    );
    expect(Check(Service, service)).toBe(true);
    expect(service).toEqual({
      id: 'nats',
      title: 'nats',
      group: 'sources',
      state: 'backing_off',
      since: '2026-11-21T00:00:00.000Z',
      restarts: 2,
      restart_at: '2026-11-21T00:00:00.050Z',
      last_error: 'refused',
      last_error_at: '2026-11-21T00:00:00.000Z',
    });
  });

  it('dates a state by itself where it knows its time, else by when it was announced', () => {
    expect(toService(seen('a', running)).since).toBe('2026-11-20T23:59:59.000Z');
    expect(toService(seen('a', { state: 'starting' })).since).toBe('2026-11-21T00:00:00.000Z');
  });

  it('sorts services into branches', () => {
    const groups = ['nats', 'demo', 'upkeep', 'portfolio:anna', 'else'].map(
      (id) => toService(seen(id, running)).group,
    );
    expect(groups).toEqual(['sources', 'sources', 'store', 'portfolios', 'engine']);
  });
});

describe('the service tree', () => {
  it('lists the engine’s services, and only workers that ever failed, those failed for good first', () => {
    const workers = [
      seen('portfolio:fine', running),
      seen('portfolio:recovered', running, { restarts: 1 }),
      seen('portfolio:down', { state: 'backing_off', until: AT, attempt: 1 }),
      seen('portfolio:dead', { state: 'failed', since: AT }),
    ];
    const listed = listedServices([seen('nats', running)], workers).map(({ state }) => state.id);
    expect(listed).toEqual(['nats', 'portfolio:dead', 'portfolio:recovered', 'portfolio:down']);
  });

  it('lists 150 workers at most, and all that are failed before any other', () => {
    const workers = Array.from({ length: 400 }, (_, index) =>
      seen(`portfolio:${index}`, index < 300 ? { state: 'starting' } : { state: 'failed', since: AT }),
    );
    const listed = listedServices([], workers);
    expect(listed).toHaveLength(150);
    expect(listed.filter(({ state }) => state.state === 'failed')).toHaveLength(100);
  });

  it('counts services by state', () => {
    expect(serviceCounts([seen('a', running), seen('b', running), seen('c', { state: 'stopped' })])).toEqual({
      starting: 0,
      running: 2,
      backing_off: 0,
      failed: 0,
      stopped: 1,
    });
  });
});

describe('service states', () => {
  it('hold the latest of each service with its time, and forget what is gone', () => {
    let now = 1;
    const states = new ServiceStates(() => now);
    states.take(seen('a', { state: 'starting' }).state);
    now = 2;
    states.take(seen('a', running).state);
    states.take(seen('b', running).state);
    expect(states.get('a')).toMatchObject({ seenAt: 2, state: { state: 'running' } });
    states.take(seen('b', { state: 'stopped' }).state);
    expect(states.all()).toHaveLength(1);
    expect(states.get('b')).toBeUndefined();
  });
});
