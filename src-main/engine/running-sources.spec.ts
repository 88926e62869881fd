import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../lib/random.ts';
import { Supervisor } from '../lib/supervisor.ts';
import type { EnvironmentRuntime } from './environment-runtime.ts';
import { RunningSources } from './running-sources.ts';
import { FakePlan } from './testing/fake-source.ts';
import { RuntimeFixture, START } from './testing/runtime-fixture.ts';

let fixture: RuntimeFixture;
let runtime: EnvironmentRuntime;

beforeEach(async () => {
  fixture = await RuntimeFixture.open();
  runtime = await fixture.runtime('dev');
});

afterEach(async () => {
  await runtime.stop();
  await fixture.close();
});

function sourcesOf(...plans: FakePlan[]) {
  const told = { changes: 0 };
  const supervisor = new Supervisor({ clock: fixture.clock, random: seededRandom(1) });
  const sources = new RunningSources(supervisor, plans, () => {
    told.changes++;
  });
  return { sources, supervisor, told };
}

describe('running sources', () => {
  it('run where their plan says, and say why they do not elsewhere', async () => {
    const nats = new FakePlan('nats');
    const demo = new FakePlan('demo', (env) => env === 'demo');
    const { sources } = sourcesOf(nats, demo);
    sources.start(runtime);
    expect(sources.states('dev')).toMatchObject([
      { id: 'nats', title: 'NATS', state: 'connecting' },
      { id: 'demo', state: 'off', detail: 'not in dev' },
    ]);
    await fixture.clock.advance(0);
    expect(sources.states('dev')[0]).toMatchObject({
      state: 'live',
      detail: 'fake',
      delivery: 'exactly once',
    });
    expect([sources.feeds('dev'), sources.feeds('demo')]).toEqual([true, false]);
    await sources.stop();
    expect(sources.states('dev')[0]).toMatchObject({ state: 'off', detail: 'not started' });
  });

  it('are started once, however often they are asked to', async () => {
    const nats = new FakePlan('nats');
    const { sources } = sourcesOf(nats);
    sources.start(runtime);
    sources.start(runtime);
    await fixture.clock.advance(0);
    expect(nats.started).toHaveLength(1);
    await sources.stop();
  });

  it('announce every change of their status', async () => {
    const nats = new FakePlan('nats');
    const { sources, told } = sourcesOf(nats);
    sources.start(runtime);
    await fixture.clock.advance(0);
    const before = told.changes;
    nats.last.turn({ state: 'unreachable', since: START, retryAt: START + 50, detail: 'refused' });
    expect(told.changes).toBe(before + 1);
    expect(sources.states('dev')[0]).toEqual({
      id: 'nats',
      title: 'NATS',
      state: 'unreachable',
      since: '2026-11-21T09:30:00.000Z',
      retry_at: '2026-11-21T09:30:00.050Z',
      detail: 'refused',
      delivery: null,
    });
    await sources.stop();
  });

  it('that fail are restarted, show when, and are failed for good when that does not help', async () => {
    const nats = new FakePlan('nats');
    const { sources, supervisor } = sourcesOf(nats);
    sources.start(runtime);
    await fixture.clock.advance(0);
    nats.refusal = new Error('no such host');
    sources.fail('nats', new Error('broke'));
    expect(sources.states('dev')[0]).toMatchObject({
      state: 'failed',
      detail: 'broke',
      since: '2026-11-21T09:30:00.000Z',
    });
    expect(sources.states('dev')[0]?.retry_at).not.toBeNull();
    await fixture.clock.advance(60_000);
    expect(sources.states('dev')[0]).toMatchObject({
      state: 'failed',
      detail: 'no such host',
      retry_at: null,
    });
    nats.refusal = null;
    await supervisor.restart('nats');
    await fixture.clock.advance(0);
    expect(sources.states('dev')[0]?.state).toBe('live');
    await sources.stop();
  });

  it('that do not run cannot be made to fail', () => {
    const { sources } = sourcesOf(new FakePlan('nats'));
    expect(() => sources.fail('nats', new Error('no'))).not.toThrow();
  });

  it('follow another plan when it is replaced', async () => {
    const [old, fresh] = [new FakePlan('nats'), new FakePlan('nats', null, 'fresh')];
    const { sources } = sourcesOf(old);
    sources.start(runtime);
    await fixture.clock.advance(0);
    await sources.replace(fresh, runtime);
    await fixture.clock.advance(0);
    expect([old.last.stopped, fresh.last.stopped]).toEqual([true, false]);
    await sources.stop();
  });

  it('follow the last of several plans that replace each other at once', async () => {
    const plans = ['one', 'two', 'three'].map((title) => new FakePlan('nats', null, title));
    const [first, second, third] = plans as [FakePlan, FakePlan, FakePlan];
    const { sources } = sourcesOf(first);
    sources.start(runtime);
    await fixture.clock.advance(0);
    await Promise.all([sources.replace(second, runtime), sources.replace(third, runtime)]);
    await fixture.clock.advance(0);
    expect(sources.states('dev').map(({ title }) => title)).toEqual(['three']);
    expect([first.last.stopped, second.started.length, third.last.stopped]).toEqual([true, 0, false]);
    await sources.stopOf('dev');
    sources.start(runtime);
    await fixture.clock.advance(0);
    expect(third.started).toHaveLength(2);
    await sources.stop();
  });
});
