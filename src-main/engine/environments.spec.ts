import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../lib/random.ts';
import { Supervisor } from '../lib/supervisor.ts';
import type { EnvironmentRuntime } from './environment-runtime.ts';
import { Environments } from './environments.ts';
import { RunningSources } from './running-sources.ts';
import { FakePlan } from './testing/fake-source.ts';
import { feed, optIn, price, RuntimeFixture } from './testing/runtime-fixture.ts';

let fixture: RuntimeFixture;

beforeEach(async () => {
  fixture = await RuntimeFixture.open();
});

afterEach(() => fixture.close());

class Harness {
  readonly nats = new FakePlan('nats', (env) => env !== 'demo');
  readonly demo = new FakePlan('demo', (env) => env === 'demo');
  readonly opened: string[] = [];
  readonly switches: string[] = [];
  readonly sources = new RunningSources(
    new Supervisor({ clock: fixture.clock, random: seededRandom(1) }),
    [this.nats, this.demo],
    () => undefined,
  );

  async start(env: string, demoInBackground = false): Promise<Environments> {
    const environments = await Environments.start(env, {
      open: (name) => this.#open(name),
      sources: this.sources,
      demoInBackground,
      onSwitch: (name) => this.switches.push(name),
    });
    await environments.startSources();
    await fixture.clock.advance(0);
    return environments;
  }

  #open(env: string): Promise<EnvironmentRuntime> {
    this.opened.push(env);
    if (env === 'broken') return Promise.reject(new Error('cannot be read'));
    return fixture.runtime(env);
  }
}

async function slugsIn(env: string): Promise<string[]> {
  const runtime = await fixture.runtime(env);
  const slugs = [...runtime.projection.registry.slugs()];
  await runtime.stop();
  return slugs;
}

describe('environments', () => {
  it('switch from one to the other and back, and mix nothing', async () => {
    const harness = new Harness();
    const environments = await harness.start('dev');
    harness.nats.last.offer(optIn('anna', 'A', 1));
    await environments.activate('prod');
    await fixture.clock.advance(0);
    harness.nats.last.offer(optIn('ben', 'A', 1));
    await fixture.clock.advance(10);
    expect(harness.switches).toEqual(['prod']);
    expect([...environments.active.projection.registry.slugs()]).toEqual(['ben']);
    await environments.activate('dev');
    await fixture.clock.advance(0);
    harness.nats.last.offer(optIn('cleo', 'A', 1));
    await fixture.clock.advance(10);
    await environments.stop();
    expect(harness.nats.started.map(({ env }) => env)).toEqual(['dev', 'prod', 'dev']);
    expect(harness.nats.started.every(({ stopped }) => stopped)).toBe(true);
    expect([await slugsIn('dev'), await slugsIn('prod')]).toEqual([['anna', 'cleo'], ['ben']]);
  });

  it('drain what the old sources offered before the new ones start', async () => {
    const harness = new Harness();
    let refusal: string | null = 'disk full';
    fixture.refuse('commit', () => refusal);
    const environments = await harness.start('dev');
    harness.nats.last.offer(optIn('anna', 'A', 1));
    const switched = environments.activate('prod');
    await fixture.clock.advance(5000);
    expect([environments.active.env, harness.nats.started.length]).toEqual(['dev', 1]);
    refusal = null;
    await fixture.clock.advance(3000);
    await switched;
    expect(environments.active.env).toBe('prod');
    await environments.stop();
    expect(await slugsIn('dev')).toEqual(['anna']);
  });

  it('take switches one after the other', async () => {
    const harness = new Harness();
    const environments = await harness.start('dev');
    await Promise.all([environments.activate('a'), environments.activate('b'), environments.activate('dev')]);
    expect(harness.switches).toEqual(['a', 'b', 'dev']);
    await environments.activate('dev');
    expect(harness.switches).toHaveLength(3);
    await environments.stop();
  });

  it('stay where they are when another one cannot be loaded, and take the next switch', async () => {
    const harness = new Harness();
    const environments = await harness.start('dev');
    await expect(environments.activate('broken')).rejects.toThrow('cannot be read');
    expect(environments.active.env).toBe('dev');
    expect(harness.nats.last.stopped).toBe(false);
    await environments.activate('prod');
    expect(environments.active.env).toBe('prod');
    await environments.stop();
  });

  it('keep demo filling in the background where that is wanted', async () => {
    const harness = new Harness();
    const environments = await harness.start('dev', true);
    expect([harness.nats.last.env, harness.demo.last.env]).toEqual(['dev', 'demo']);
    await environments.activate('demo');
    await environments.activate('prod');
    await fixture.clock.advance(0);
    harness.demo.last.offer(optIn('anna', 'A', 1), price('A', 1));
    await fixture.clock.advance(10);
    expect(harness.demo.started).toHaveLength(1);
    expect(environments.active.projection.registry.size).toBe(0);
    expect((await environments.read('demo')).projection.registry.size).toBe(1);
    await environments.stop();
  });

  it('stop the demo feed with its environment where it is not', async () => {
    const harness = new Harness();
    const environments = await harness.start('demo');
    await environments.activate('dev');
    expect(harness.demo.last.stopped).toBe(true);
    await environments.stop();
  });

  it('are read by name without a switch, the active one when none is named', async () => {
    const harness = new Harness();
    const environments = await harness.start('dev');
    expect(await environments.read(undefined)).toBe(environments.active);
    expect(await environments.read('dev')).toBe(environments.active);
    expect((await environments.read('prod')).env).toBe('prod');
    expect(await environments.read('prod')).toBe(await environments.read('prod'));
    expect(harness.opened).toEqual(['dev', 'prod']);
    await expect(environments.read('broken')).rejects.toThrow('cannot be read');
    await expect(environments.read('broken')).rejects.toThrow('cannot be read');
    await environments.stop();
  });

  it('are opened anew only when what is left of them in memory is stored', async () => {
    const harness = new Harness();
    const environments = await harness.start('dev');
    const before = await environments.read('a');
    await feed(before, fixture.clock, [['invoice.issued', { number: 'N-1', company: 'Acme', net: '10.00' }]]);
    for (const env of ['b', 'c', 'd']) await environments.read(env);
    const after = await environments.read('a');
    await fixture.clock.advance(1000);
    expect(after).not.toBe(before);
    expect(after.invoices.projection.totals).toEqual((await fixture.store.jobs.invoiceState('a')).totals);
    expect([after.invoices.projection.totals[0]?.count, after.invoices.projection.ignored]).toEqual([1, 0]);
    await environments.stop();
  });

  it('hold three that are only read; the one read longest ago goes first', async () => {
    const harness = new Harness();
    const environments = await harness.start('dev');
    for (const env of ['a', 'b', 'c', 'a', 'd']) await environments.read(env);
    await fixture.clock.advance(0);
    expect((await environments.loaded()).map(({ env }) => env)).toEqual(['dev', 'c', 'a', 'd']);
    await environments.read('b');
    expect(harness.opened).toEqual(['dev', 'a', 'b', 'c', 'd', 'b']);
    await environments.stop();
  });

  it('do not let readers of others push out the one that is about to be active', async () => {
    const harness = new Harness();
    let refusal: string | null = 'busy';
    fixture.refuse('commit', () => refusal);
    const environments = await harness.start('dev');
    harness.nats.last.offer(optIn('anna', 'A', 1));
    const switched = environments.activate('prod');
    await fixture.clock.advance(10);
    for (const env of ['a', 'b', 'c', 'd', 'e']) await environments.read(env);
    await fixture.clock.advance(10);
    expect((await environments.loaded()).map(({ env }) => env)).toContain('prod');
    refusal = null;
    await fixture.clock.advance(3000);
    await switched;
    harness.nats.last.offer(optIn('ben', 'A', 1));
    await fixture.clock.advance(1010);
    expect((await fixture.store.jobs.portfolioState('prod')).portfolios).toHaveLength(1);
    await environments.stop();
  });

  it('stop their sources, store what they offered, and leave no timer', async () => {
    const harness = new Harness();
    const environments = await harness.start('dev');
    harness.nats.last.offer(optIn('anna', 'A', 1));
    const stopped = environments.stop();
    await fixture.clock.advance(10);
    await stopped;
    expect(fixture.clock.pending).toBe(0);
    expect((await fixture.store.jobs.portfolioState('dev')).portfolios).toHaveLength(1);
  });
});
