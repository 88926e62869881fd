import { describe, expect, it, onTestFinished } from 'vitest';
import type { ClientMessage } from '../../../src-contract/frames.ts';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { InlineEngine } from '../testing/inline-engine.ts';

const visible = (value: boolean): string =>
  JSON.stringify({ t: 'visible', visible: value } satisfies ClientMessage);

describe('while nobody can see any window', () => {
  it('the stock API is asked less often, and as before once somebody can', async () => {
    const { folder, remove } = makeFolder();
    onTestFinished(remove);
    const stockApi = 'http://stocks.test/api/stock-prices';
    const engine = await InlineEngine.start({
      dataFolder: folder,
      env: 'dev',
      demo: { on: false, seed: 7 },
      stockApi,
    });
    onTestFinished(() => engine.stop());
    await engine.ask('subscription.add', { symbol: 'AAPL' });
    const interval = async () => (await engine.ask('polling.get', {})).interval_ms;
    // The client of the test is a program that asks over HTTP: it is not a window that could be hidden.
    expect(await interval()).toBe(5000);
    const first = engine.engine.connect({ kind: 'browser', title: 'first' }, () => undefined);
    const second = engine.engine.connect({ kind: 'window', title: 'second' }, () => undefined);
    first.send(visible(false));
    expect(await interval()).toBe(5000);
    second.send(visible(false));
    expect(await interval()).toBe(15_000);
    const calls = engine.api.calls.length;
    await engine.clock.advance(30_000);
    expect(engine.api.calls.length - calls).toBeLessThanOrEqual(3);
    first.send(visible(true));
    expect(await interval()).toBe(5000);
    first.close();
    expect(await interval()).toBe(15_000);
    second.close();
    expect(await interval()).toBe(5000);
  });
});
