import { beforeEach, describe, expect, it, vi } from 'vitest';
import { demoEngine } from './testing/demo-engine.ts';
import type { InlineEngine } from './testing/inline-engine.ts';

let engine: InlineEngine;

beforeEach(async () => {
  engine = await demoEngine();
});

describe('a fault drill', () => {
  it('breaks one portfolio for good, says so, and a restart by hand repairs it', async () => {
    const status = engine.follow('status', {});
    const [broken, other] = (await engine.ask('portfolios.list', { limit: 2 })).items;
    const slug = broken?.slug ?? '';
    await engine.ask('drill.run', { drill: 'crash_portfolio', slug });
    await engine.clock.advance(60_000);
    const report = await engine.ask('system.status', {});
    expect(report.state).toBe('degraded');
    expect(report.degraded).toEqual([`1 failed: ${slug}`]);
    expect(report.services.map(({ id, state }) => [id, state])).toContainEqual([
      `portfolio:${slug}`,
      'failed',
    ]);
    expect(status.row(`portfolio:${slug}`)?.state).toBe('failed');
    expect((await engine.ask('portfolio.get', { slug })).freshness).toBe('stale');
    expect((await engine.ask('portfolio.get', { slug: other?.slug ?? '' })).freshness).toBe('live');
    await engine.ask('service.restart', { id: `portfolio:${slug}` });
    await engine.clock.advance(1000);
    expect((await engine.ask('portfolio.get', { slug })).freshness).toBe('live');
    expect((await engine.ask('system.status', {})).state).toBe('ok');
  });

  it('breaks the first portfolio when none is named, and none that is not shared', async () => {
    await engine.ask('drill.run', { drill: 'crash_portfolio' });
    const { services } = await engine.ask('system.status', {});
    expect(services.filter(({ group }) => group === 'portfolios')).toHaveLength(1);
    await expect(engine.ask('drill.run', { drill: 'crash_portfolio', slug: 'nobody' })).rejects.toMatchObject(
      {
        code: 'not_found',
        message: 'portfolio nobody is not shared',
      },
    );
  });

  it('breaks the demo feed, which is started again', async () => {
    await engine.ask('drill.run', { drill: 'crash_source' });
    expect((await engine.ask('system.status', {})).degraded).toEqual([
      'Demo feed: stopped on purpose by a fault drill',
    ]);
    await engine.clock.advance(3000);
    const { sources, ledger } = await engine.ask('system.status', {});
    expect(sources.find(({ id }) => id === 'demo')?.state).toBe('live');
    expect(ledger.repeated).toBe(0);
  });

  it('ends the engine’s thread', async () => {
    await engine.ask('drill.run', { drill: 'stop_engine' });
    expect(engine.crashes).toEqual(['stopped on purpose by a fault drill']);
  });

  it('ends the engine’s thread only once it is stored who asked for it', async () => {
    const stored = Promise.withResolvers<undefined>();
    const audit = vi.spyOn(engine.store.writer, 'audit').mockReturnValue(stored.promise);
    await engine.ask('drill.run', { drill: 'stop_engine' });
    expect(audit).toHaveBeenCalledOnce();
    expect(engine.crashes).toEqual([]);
    stored.resolve(undefined);
    await engine.clock.advance(0);
    expect(engine.crashes).toEqual(['stopped on purpose by a fault drill']);
  });

  it('runs in demo only', async () => {
    await engine.ask('environment.set', { name: 'dev' });
    await expect(engine.ask('drill.run', { drill: 'stop_engine' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(engine.crashes).toEqual([]);
  });
});

describe('commands', () => {
  it('switch the environment, begin every feed again, and read others without switching', async () => {
    const portfolios = engine.follow('portfolios', {});
    await engine.clock.advance(100);
    expect(portfolios.rows.length).toBe(40);
    expect(await engine.ask('environment.set', { name: 'dev' })).toEqual({ env: 'dev' });
    await engine.clock.advance(100);
    expect(portfolios.head).toEqual({ env: 'dev' });
    expect(portfolios.rows.length).toBe(0);
    const demo = await engine.ask('portfolios.list', { env: 'demo', limit: 1000 });
    expect(demo.items.length).toBeGreaterThanOrEqual(39);
    const report = await engine.ask('system.status', {});
    expect(report).toMatchObject({ env: 'dev', ledger: { received: 0 }, streams: [] });
    expect(report.sources).toMatchObject([
      { id: 'nats', state: 'off', detail: 'no NATS address is set' },
      { id: 'stocks', state: 'off', detail: 'no stock API address is set' },
      { id: 'demo', state: 'off', detail: 'runs in the demo environment' },
    ]);
  });

  it('refuse to restart what is no service', async () => {
    await expect(engine.ask('service.restart', { id: 'ghost' })).rejects.toMatchObject({
      code: 'not_found',
      message: 'there is no service "ghost"',
    });
  });

  it('restart a service of the engine', async () => {
    await engine.ask('service.restart', { id: 'upkeep' });
    const { services } = await engine.ask('system.status', {});
    expect(services.find(({ id }) => id === 'upkeep')).toMatchObject({ state: 'running', restarts: 1 });
  });

  it('change settings for everybody, and are written down without what is secret', async () => {
    const settings = engine.follow('settings', {});
    await engine.clock.advance(100);
    await engine.ask('settings.set', { nats: { auth: 'token', secret: 'hunter2' } });
    await engine.clock.advance(100);
    expect(settings.head.nats.has_secret).toBe(true);
    expect((await engine.ask('settings.get', {})).nats.auth).toBe('token');
    engine.engine.audit({ actor: 'host', action: 'login', target: 'token', result: 'refused' });
    const audit = await engine.ask('audit.list', { limit: 10 });
    expect(audit.items.map(({ actor, action, target, result }) => [actor, action, target, result])).toEqual([
      ['host', 'login', 'token', 'refused'],
      ['http: direct call', 'settings.set', 'nats', 'done'],
    ]);
    expect(JSON.stringify([audit, settings.head])).not.toContain('hunter2');
  });

  it('change the base currency of what is shown and answered at once', async () => {
    const community = engine.follow('community', {});
    await engine.clock.advance(100);
    expect(community.head.total_value.currency).toBe('USD');
    await engine.ask('settings.set', { base_currency: 'EUR' });
    await engine.clock.advance(100);
    expect(community.head.total_value.currency).toBe('EUR');
    expect((await engine.ask('community.get', {})).total_value.currency).toBe('EUR');
  });

  it('list rejects of an environment: the demo feed makes none', async () => {
    expect(await engine.ask('rejects.list', {})).toEqual({ items: [], next_cursor: null });
  });
});
