import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { silentLog } from '../../lib/log.ts';
import { seededRandom } from '../../lib/random.ts';
import { Supervisor } from '../../lib/supervisor.ts';
import { RuntimeFixture } from '../testing/runtime-fixture.ts';
import { InvoiceSimulator } from './invoice-simulator.ts';

let fixture: RuntimeFixture;
beforeEach(async () => {
  fixture = await RuntimeFixture.open();
  onTestFinished(() => fixture.close());
});

async function opened() {
  const { clock, store } = fixture;
  const services = new Supervisor({ clock, random: seededRandom(1) });
  const simulator = await InvoiceSimulator.open({
    store,
    services,
    seed: 7,
    clock,
    log: silentLog,
    vatBasisPoints: () => 1500,
    onChange: () => undefined,
  });
  const demo = await fixture.runtime('demo');
  const stop = async (): Promise<void> => {
    const stopped = simulator.stop().then(() => demo.stop());
    await clock.advance(1000);
    await stopped;
    await services.stop();
  };
  return { simulator, demo, stop };
}

/** The next time that the state of the invoices is read, the reader of the store dies over it. */
function dieOnce(): void {
  vi.spyOn(fixture.store.jobs, 'invoiceState').mockRejectedValueOnce(new Error('the reader died'));
}

describe('the simulator of an instance', () => {
  it('works with the next command when the store could not be read at the switch to demo', async () => {
    const { simulator, demo, stop } = await opened();
    dieOnce();
    await simulator.follow(demo);
    const control = await simulator.control();
    await fixture.clock.advance(0);
    expect(await control.start({})).toMatchObject({ state: 'running', run: 1 });
    await stop();
  });

  it('has reset, and goes on, when the reader died between the reset and the look at what is left', async () => {
    const { simulator, demo, stop } = await opened();
    await simulator.follow(demo);
    await fixture.clock.advance(0);
    const control = await simulator.control();
    await control.start({ display_rate_per_s: 20, duration_s: 1 });
    await fixture.clock.advance(2000);
    expect(simulator.status).toMatchObject({ state: 'finished', shown: 5 });
    dieOnce();
    const reset = control.reset();
    await fixture.clock.advance(100);
    expect(await reset).toMatchObject({ state: 'idle', generation: 2, undo_count: 5 });
    expect(demo.invoices.projection.totals).toEqual([]);
    await stop();
  });
});
