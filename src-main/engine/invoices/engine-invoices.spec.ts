import { describe, expect, it, onTestFinished } from 'vitest';
import type { CallResult } from '../../../src-contract/channels.ts';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { InlineEngine } from '../testing/inline-engine.ts';

/** An engine in `demo` whose feed is off, so that nothing but invoices is in it. */
async function invoiceEngine(folder = newFolder(), env = 'demo'): Promise<InlineEngine> {
  const engine = await InlineEngine.start({ dataFolder: folder, env, demo: { on: false, seed: 7 } });
  let stopped: Promise<void> | null = null;
  const stop = engine.stop.bind(engine);
  engine.stop = () => (stopped ??= stop());
  onTestFinished(() => engine.stop());
  return engine;
}

function newFolder(): string {
  const { folder, remove } = makeFolder();
  onTestFinished(remove);
  return folder;
}

/** Starts a run; what it is made with is loaded meanwhile, which the clock knows nothing of. */
function start(engine: InlineEngine, figures: object = {}): Promise<CallResult<'control.start'>> {
  return engine.client.call('control.start', figures);
}

const seconds = (count: number): number => count * 1000;

describe('a run of the simulator', () => {
  it('produces 1,500 invoices in 5 minutes and has shown them all at 12:30', async () => {
    const engine = await invoiceEngine();
    const run = engine.follow('invoiceRun', {});
    const stats = engine.follow('invoiceStats', {});
    await start(engine);
    await engine.clock.advance(seconds(300) - 1);
    expect((await engine.ask('control.get', {})).produced).toBe(1499);
    await engine.clock.advance(1);
    expect(await engine.ask('control.get', {})).toMatchObject({
      state: 'draining',
      produced: 1500,
      shown: 600,
      waiting: 900,
    });
    await engine.clock.advance(seconds(450) - 1);
    expect((await engine.ask('control.get', {})).shown).toBe(1499);
    await engine.clock.advance(1);
    expect(await engine.ask('control.get', {})).toMatchObject({ state: 'finished', shown: 1500, waiting: 0 });
    await engine.clock.advance(100);
    expect(run.head).toMatchObject({ state: 'finished', produced: 1500, shown: 1500, waiting: 0 });
    expect(stats.head).toMatchObject({ env: 'demo', count: 1500, newest: 1500, ignored: 0 });
  }, 30_000);
});
