import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { SystemReport } from '../../src-contract/system.ts';
import { Check } from 'typebox/value';
import { standsInFiles } from '../store/testing/store-fixture.ts';
import { demoEngine } from './testing/demo-engine.ts';
import { InlineEngine } from './testing/inline-engine.ts';

let engine: InlineEngine;

beforeEach(async () => {
  engine = await demoEngine();
});

describe('the engine with the demo feed', () => {
  it('shares 40 portfolios, in lists, in the community and one by one', async () => {
    const list = await engine.ask('portfolios.list', { limit: 1000 });
    expect(list.items).toHaveLength(40);
    const community = await engine.ask('community.get', {});
    expect(community.portfolio_count).toBe(40);
    const cents = list.items.reduce(
      (sum, { total_value: value }) => sum + Math.round(Number(value.amount) * 100),
      0,
    );
    expect(Math.round(Number(community.total_value.amount) * 100)).toBe(cents);
    const [first] = list.items;
    const one = await engine.ask('portfolio.get', { slug: first?.slug ?? '' });
    expect(one).toMatchObject(first ?? {});
    expect(one.holdings).toHaveLength(one.holding_count);
  });

  it('pages through lists and finds by a part of the slug', async () => {
    const all = (await engine.ask('portfolios.list', { limit: 1000 })).items.map(({ slug }) => slug);
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof engine.ask<'portfolios.list'>>> = await engine.ask(
        'portfolios.list',
        {
          limit: 7,
          ...(cursor === null ? {} : { cursor }),
        },
      );
      paged.push(...page.items.map(({ slug }) => slug));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(paged).toEqual(all);
    const part = all[5]?.slice(1, 4).toUpperCase() ?? '';
    const found = (await engine.ask('portfolios.list', { q: ` ${part} ` })).items.map(({ slug }) => slug);
    expect(found).toEqual(all.filter((slug) => slug.includes(part.toLowerCase())));
  });

  it('keeps the history of portfolios and of the community', async () => {
    const [first] = (await engine.ask('portfolios.list', { limit: 1 })).items;
    const slug = first?.slug ?? '';
    expect((await engine.ask('community.history', {})).items.length).toBeGreaterThan(60);
    expect((await engine.ask('portfolio.history', { slug })).items.length).toBeGreaterThan(60);
    const timeline = (await engine.ask('portfolio.timeline', { slug })).items;
    expect(timeline.at(-1)?.change).toBe('opted_in');
  });

  it.each([
    [{ from: '2026-11-21T09:00:00Z', to: '2026-11-21T08:00:00Z' }, '/from'],
    [{ from: '2026-13-45T09:00:00Z' }, '/from'],
    [{ to: '2026-02-31T25:00:00Z' }, '/to'],
  ])('refuses the period %j', async (period, field) => {
    await expect(engine.ask('community.history', period)).rejects.toMatchObject({
      code: 'invalid_argument',
      details: { field },
    });
  });

  it.each(['portfolio.get', 'portfolio.history', 'portfolio.timeline'] as const)(
    'answers %s of a portfolio that is not shared with not_found',
    async (call) => {
      await expect(engine.ask(call, { slug: 'nobody' })).rejects.toMatchObject({
        code: 'not_found',
        message: 'portfolio nobody is not shared in demo',
      });
    },
  );

  it('keeps pages current by its feeds: what they show is what a call answers', async () => {
    const [first] = (await engine.ask('portfolios.list', { limit: 1 })).items;
    const slug = first?.slug ?? '';
    const [portfolio, portfolios, community, sparks] = [
      engine.follow('portfolio', { slug }),
      engine.follow('portfolios', {}),
      engine.follow('community', {}),
      engine.follow('sparks', {}),
    ];
    await engine.clock.advance(10_295);
    const { holdings, ...summary } = await engine.ask('portfolio.get', { slug });
    expect(portfolio.head).toEqual(summary);
    expect(portfolio.rows).toEqual(holdings);
    expect(portfolios.row(slug)).toEqual(summary);
    expect(community.head).toEqual(await engine.ask('community.get', {}));
    expect(sparks.row(slug)?.points.length).toBe(60);
  });

  it('says that values have aged although no event says so', async () => {
    await engine.stop();
    engine = await InlineEngine.start({ dataFolder: engine.folder, demo: { on: false, seed: 7 } });
    onTestFinished(() => engine.stop());
    const [first] = (await engine.ask('portfolios.list', { limit: 1 })).items;
    const portfolio = engine.follow('portfolio', { slug: first?.slug ?? '' });
    const community = engine.follow('community', {});
    const portfolios = engine.follow('portfolios', {});
    const seen = () =>
      new Set([
        community.head.freshness,
        portfolio.head?.freshness,
        portfolios.row(first?.slug ?? '')?.freshness,
        ...portfolio.rows.map(({ freshness }) => freshness),
      ]);
    await engine.clock.advance(2000);
    expect(seen()).toEqual(new Set(['live']));
    await engine.clock.advance(20_000);
    expect(seen()).toEqual(new Set(['late']));
    await engine.clock.advance(20_000);
    expect(seen()).toEqual(new Set(['stale']));
  });
});

/** A demo in which somebody leaves within seconds; in most of them minutes go by. */
const EARLY_LEAVER = 26;

/** Waits until the demo feed's script lets a portfolio opt out; answers its slug. */
async function firstToLeave(): Promise<string> {
  const portfolios = engine.follow('portfolios', {});
  await engine.clock.advance(0);
  for (let waited = 0; waited < 600_000; waited += 50) {
    const before = portfolios.keys;
    await engine.clock.advance(50);
    const now = new Set(portfolios.keys);
    const gone = before.find((slug) => !now.has(slug));
    if (gone !== undefined) return gone;
  }
  throw new Error('nobody has opted out');
}

describe('an opt-out', () => {
  beforeEach(async () => {
    engine = await demoEngine(EARLY_LEAVER);
  });

  it('takes the portfolio out of the audit list at once', async () => {
    const { items } = await engine.ask('portfolios.list', { limit: 1000 });
    for (const { slug } of items) await engine.ask('service.restart', { id: `portfolio:${slug}` });
    const gone = await firstToLeave();
    const targets = (await engine.ask('audit.list', { limit: 1000 })).items.map(({ target }) => target);
    expect(targets).toHaveLength(items.length);
    expect(targets).toContain(`portfolio:${'*'.repeat(gone.length)}`);
    expect(targets).not.toContain(`portfolio:${gone}`);
  });

  it('right before the end is redacted before the store closes', async () => {
    const gone = await firstToLeave();
    expect(standsInFiles(engine.folder, `"slug":"${gone}"`)).not.toEqual([]);
    await engine.stop();
    expect(standsInFiles(engine.folder, `"slug":"${gone}"`)).toEqual([]);
  });
});

describe('the status', () => {
  it('is whole, and its ledger is the sum of its sources’', async () => {
    const report = await engine.ask('system.status', {});
    expect(Check(SystemReport, report)).toBe(true);
    expect(report).toMatchObject({
      version: '1.2.3',
      state: 'ok',
      degraded: [],
      env: 'demo',
      environments: ['demo'],
      demo: { on: true, seed: 7 },
      uptime_s: 3,
      store: { state: 'ok', synchronous: 'FULL' },
    });
    const [source] = report.ledgers;
    expect(report.ledger).toEqual({
      received: source?.received,
      stored: source?.stored,
      repeated: source?.repeated,
      rejected: source?.rejected,
      waiting: source?.waiting,
    });
    expect(report.ledger.received).toBe(report.ledger.stored + report.ledger.waiting);
    expect(report.streams).toMatchObject(
      ['demo', 'people'].map((name) => ({ name, env: 'demo', active: true, gaps: [] })),
    );
    expect(report.services.map(({ id }) => id)).toEqual(['upkeep', 'demo', 'invoice-coordinator']);
    expect(report.service_counts).toMatchObject({ running: 43, failed: 0 });
  });

  it('is a feed too, with the rate of events', async () => {
    const status = engine.follow('status', {});
    await engine.clock.advance(5000);
    expect(status.head.events_per_second).toBeGreaterThan(5);
    expect(status.keys).toEqual(['upkeep', 'demo', 'invoice-coordinator']);
  });

  it('lists clients, and notices when they come and go', async () => {
    const clients = engine.follow('clients', {});
    await engine.clock.advance(100);
    expect(clients.head).toEqual({ count: 1 });
    const other = engine.engine.connect({ kind: 'window', title: 'PulseDesk' }, () => undefined);
    await engine.clock.advance(100);
    expect(clients.rows.map(({ kind, title }) => [kind, title])).toEqual([
      ['http', 'direct call'],
      ['window', 'PulseDesk'],
    ]);
    other.close();
    await engine.clock.advance(100);
    expect(clients.head).toEqual({ count: 1 });
    expect(clients.rows.length).toBe(1);
  });

  it('refuses a client beyond the limit', () => {
    const connect = () => engine.engine.connect({ kind: 'http', title: 'x' }, () => undefined);
    const open = Array.from({ length: 255 }, connect);
    expect(connect).toThrow('more than 256 clients are connected');
    open[0]?.close();
    expect(connect).not.toThrow();
  });
});
