import { beforeAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../store/testing/store-fixture.ts';
import { InlineEngine } from './testing/inline-engine.ts';

interface Dump {
  journal: unknown[];
  projections: unknown;
}

/** A run of the whole engine: a minute and a half of demo, a source that breaks, invoices, a switch away and back, a restart. */
async function run(seed: number, restarts: boolean): Promise<Dump> {
  const { folder, remove } = makeFolder();
  try {
    let engine = await InlineEngine.start({ dataFolder: folder, demo: { on: true, seed } });
    await engine.clock.advance(40_000);
    await engine.ask('drill.run', { drill: 'crash_source' });
    // Answered only when the names of its companies are loaded, of which the clock knows nothing.
    await engine.client.call('control.start', { rate_per_s: 20, display_rate_per_s: 10, duration_s: 20 });
    await engine.clock.advance(25_000);
    await engine.ask('environment.set', { name: 'dev' });
    await engine.clock.advance(5000);
    await engine.ask('environment.set', { name: 'demo' });
    await engine.clock.advance(20_000);
    // Leaves demo, so that nothing follows the last checkpoint.
    await engine.ask('environment.set', { name: 'dev' });
    await engine.clock.advance(2000);
    if (restarts) {
      await engine.stop();
      engine = await InlineEngine.start({ dataFolder: folder, env: 'dev', demo: { on: false, seed } });
    }
    const dumped = await dump(engine);
    await engine.stop();
    return dumped;
  } finally {
    remove();
  }
}

/** The journal and the projections, each in its order. */
async function dump(engine: InlineEngine): Promise<Dump> {
  const journal: unknown[] = [];
  let after = 0;
  for (;;) {
    const batches = await engine.store.jobs.replay('demo', after, 5000);
    const last = batches.at(-1);
    if (last === undefined) break;
    after = last.batch;
    for (const { batch, source, rows } of batches) {
      journal.push(
        ...rows.map((row) => ({
          ...row,
          batch,
          source,
          body: row.body === null ? null : Buffer.from(row.body).toString(),
        })),
      );
    }
  }
  const { items } = await engine.ask('portfolios.list', { env: 'demo', limit: 1000 });
  const whole = { env: 'demo', from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
  const portfolios = [];
  for (const { slug } of items) {
    portfolios.push([
      await engine.ask('portfolio.get', { env: 'demo', slug }),
      await engine.ask('portfolio.history', { ...whole, slug }),
      await engine.ask('portfolio.timeline', { env: 'demo', slug, limit: 1000 }),
    ]);
  }
  const community = [
    await engine.ask('community.get', { env: 'demo' }),
    await engine.ask('community.history', whole),
  ];
  const invoices = [
    await engine.ask('invoices.list', { env: 'demo', limit: 1000 }),
    await engine.ask('control.get', {}),
  ];
  return { journal, projections: ageless({ portfolios, community, invoices }) };
}

/** Without what depends on when it is read. */
function ageless(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (name, field: unknown) => (name === 'freshness' ? null : field)));
}

describe('the engine on one thread with a virtual clock', () => {
  let runs: { first: Dump; second: Dump; restarted: Dump; other: Dump };

  beforeAll(async () => {
    runs = {
      first: await run(7, false),
      second: await run(7, false),
      restarted: await run(7, true),
      other: await run(8, false),
    };
  }, 60_000);

  it('stores the same journal and the same projections for the same seed and inputs', () => {
    expect(runs.second).toEqual(runs.first);
    expect(runs.first.journal.length).toBeGreaterThan(5000);
  });

  it('shows after a restart what it showed before', () => {
    expect(runs.restarted).toEqual(runs.first);
  });

  it('stores something else for another seed', () => {
    expect(runs.other.journal).not.toEqual(runs.first.journal);
  });
});
