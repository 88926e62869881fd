import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { CallResult } from '../../../src-contract/channels.ts';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { InlineEngine } from '../testing/inline-engine.ts';

let folder: string;
beforeEach(() => {
  const made = makeFolder();
  folder = made.folder;
  onTestFinished(made.remove);
});

/** An engine without the demo feed, so that nothing but invoices is in it. */
async function invoiceEngine(env = 'demo'): Promise<InlineEngine> {
  const engine = await InlineEngine.start({ dataFolder: folder, env, demo: { on: false, seed: 7 } });
  let isOver = false;
  const [stop, kill] = [engine.stop.bind(engine), engine.store.stop.bind(engine.store)];
  engine.stop = async () => {
    if (!isOver) await stop();
    isOver = true;
  };
  // The process ends here: what its memory held is gone.
  engine.store.stop = async () => {
    isOver = true;
    await kill();
  };
  onTestFinished(() => engine.stop());
  return engine;
}

/** Starts a run; what it is made with is loaded meanwhile, of which the clock knows nothing. */
function start(engine: InlineEngine, figures: object = {}): Promise<CallResult<'control.start'>> {
  return engine.client.call('control.start', figures);
}

async function numbers(engine: InlineEngine): Promise<string[]> {
  const { items } = await engine.ask('invoices.list', { env: 'demo', limit: 1000, sort: 'number' });
  return items.map(({ number }) => number);
}

const upTo = (last: number): string[] =>
  Array.from({ length: last }, (_, index) => `PD-${String(index + 1).padStart(8, '0')}`);

/** Shown invoices and their sums are what the rows say, in memory and in the store. */
async function expectSound(engine: InlineEngine): Promise<void> {
  const stats = await engine.ask('invoices.stats', { env: 'demo' });
  const { count, totals } = await engine.ask('invoices.list', { env: 'demo', limit: 1 });
  expect({ count, totals }).toEqual({ count: stats.count, totals: stats.totals });
  const run = await engine.ask('control.get', {});
  expect(run.produced).toBe(run.shown + run.waiting);
}

/** Thousands of commits: each is one wait for the disk. */
const PATIENCE = { timeout: 120_000 };

describe('a run of the simulator', PATIENCE, () => {
  it('has produced 1,500 invoices at 5:00 and shown them all at 12:30', async () => {
    const engine = await invoiceEngine();
    const run = engine.follow('invoiceRun', {});
    const stats = engine.follow('invoiceStats', {});
    await start(engine);
    await engine.clock.advance(299_999);
    expect((await engine.ask('control.get', {})).produced).toBe(1499);
    await engine.clock.advance(1);
    const drains = { state: 'draining', produced: 1500, shown: 600, waiting: 900 };
    expect(await engine.ask('control.get', {})).toMatchObject(drains);
    await engine.clock.advance(449_999);
    expect((await engine.ask('control.get', {})).shown).toBe(1499);
    await engine.clock.advance(1);
    const finished = { state: 'finished', produced: 1500, shown: 1500, waiting: 0 };
    expect(await engine.ask('control.get', {})).toMatchObject(finished);
    await engine.clock.advance(100);
    expect(run.head).toMatchObject(finished);
    expect(stats.head).toMatchObject({ env: 'demo', count: 1500, newest: 1500, ignored: 0 });
    await expectSound(engine);
  });

  it('shows in System which services work for it, and where it stands', async () => {
    const engine = await invoiceEngine();
    await start(engine);
    await engine.clock.advance(1000);
    const { invoices, services } = await engine.ask('system.status', {});
    expect(invoices).toMatchObject({ state: 'running', produced: 5, shown: 2, waiting: 3 });
    const ids = services.filter(({ group }) => group === 'invoices').map(({ id }) => id);
    expect(ids).toEqual(['invoice-coordinator', 'invoice-producer', 'invoice-display']);
  });

  it('stops with its environment, and goes on with it', async () => {
    const engine = await invoiceEngine();
    await start(engine);
    await engine.clock.advance(10_050);
    await engine.ask('environment.set', { name: 'dev' });
    const before = await engine.ask('control.get', {});
    expect(before).toMatchObject({ state: 'running', produced: 50, shown: 20 });
    await engine.clock.advance(60_000);
    expect(await engine.ask('control.get', {})).toMatchObject({ produced: 50, shown: 20 });
    await expect(engine.ask('control.stop', {})).rejects.toThrow('runs in demo; switch to it first');
    await engine.ask('environment.set', { name: 'demo' });
    await engine.clock.advance(150);
    expect((await engine.ask('control.get', {})).produced).toBe(51);
  });

  it.each(['is stopped', 'is killed'])('goes on where it was when the app %s', async (how) => {
    const first = await invoiceEngine();
    await start(first, { rate_per_s: 100, display_rate_per_s: 40, duration_s: 5 });
    await first.clock.advance(2503);
    await (how === 'is stopped' ? first.stop() : first.store.stop());
    const second = await invoiceEngine();
    const resumed = await second.ask('control.get', {});
    expect(resumed).toMatchObject({ state: 'running', planned: 500 });
    expect(resumed.produced).toBeGreaterThanOrEqual(245);
    expect(resumed.note).toContain('restart');
    await expectSound(second);
    await second.client.call('control.rates', {});
    await second.clock.advance(20_000);
    expect(await second.ask('control.get', {})).toMatchObject({
      state: 'finished',
      produced: 500,
      shown: 500,
    });
    expect(await numbers(second)).toEqual(upTo(500));
    await expectSound(second);
  });

  it('is known before its environment is opened, and goes on when it is', async () => {
    const first = await invoiceEngine();
    await start(first);
    await first.clock.advance(10_050);
    await first.stop();
    const second = await invoiceEngine('dev');
    expect(await second.ask('control.get', {})).toMatchObject({ state: 'running', produced: 50, shown: 20 });
    await second.clock.advance(10_000);
    expect((await second.ask('control.get', {})).produced).toBe(50);
    await second.ask('environment.set', { name: 'demo' });
    await second.client.call('control.rates', {});
    await second.clock.advance(1000);
    expect((await second.ask('control.get', {})).produced).toBe(55);
  });
});

describe('a reset', PATIENCE, () => {
  /** A run of 20 invoices, all shown, that was reset. */
  async function resetEngine(): Promise<InlineEngine> {
    const engine = await invoiceEngine();
    await start(engine, { rate_per_s: 10, display_rate_per_s: 10, duration_s: 2 });
    await engine.clock.advance(5000);
    expect((await engine.ask('invoices.stats', {})).count).toBe(20);
    expect(await engine.ask('control.reset', {})).toMatchObject({ state: 'idle', undo_count: 20 });
    return engine;
  }

  it('takes the simulator’s invoices out of view, and not the others', async () => {
    const engine = await resetEngine();
    const invoice = { company: 'Acme', net: '10.00' };
    const issued = engine.client.call('invoice.issue', { number: 'A-1', invoice });
    await engine.clock.advance(10);
    await issued;
    expect(await numbers(engine)).toEqual(['A-1']);
    await expectSound(engine);
  });

  it('can be taken back for 30 s, also after a restart', async () => {
    const engine = await resetEngine();
    await engine.stop();
    const again = await invoiceEngine();
    expect(await again.ask('control.undo', {})).toMatchObject({ state: 'finished', produced: 20, shown: 20 });
    expect(await numbers(again)).toEqual(upTo(20));
    await expectSound(again);
  });

  it('is for good after that; its rows are deleted, and numbers go on', async () => {
    const engine = await resetEngine();
    await engine.clock.advance(30_001);
    await expect(engine.ask('control.undo', {})).rejects.toMatchObject({ code: 'conflict' });
    await engine.clock.advance(60_000);
    expect(await engine.store.jobs.invoicesByNumber('demo', upTo(20))).toEqual([]);
    await start(engine, { rate_per_s: 10, display_rate_per_s: 10, duration_s: 1 });
    await engine.clock.advance(5000);
    expect((await numbers(engine))[0]).toBe('PD-00000021');
    await expectSound(engine);
  });
});

describe('totals across currencies', () => {
  it('follow the rates of the settings', async () => {
    const engine = await invoiceEngine('dev');
    for (const [number, currency] of [
      ['A-1', 'EUR'],
      ['A-2', 'JPY'],
    ] as const) {
      const invoice = { company: 'Acme', net: '100', currency };
      const issued = engine.client.call('invoice.issue', { number, invoice });
      await engine.clock.advance(10);
      await issued;
    }
    const stats = engine.follow('invoiceStats', {});
    await engine.clock.advance(100);
    expect(stats.head).toMatchObject({ count: 2, converted: null });
    await engine.ask('settings.set', { invoices: { conversion: [{ currency: 'EUR', rate: '1.25' }] } });
    await engine.clock.advance(100);
    expect(stats.head.converted).toMatchObject({
      net: { amount: '125.00', currency: 'USD' },
      missing: ['JPY'],
    });
  });
});
