import { expect, it, onTestFinished } from 'vitest';
import { NO_FAULTS } from '../../../src-contract/polling.ts';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { InlineEngine } from '../testing/inline-engine.ts';
import type { StartMock } from './mock-service.ts';

it('lets the mock go on from the last price that the demo had of a symbol', async () => {
  const { folder, remove } = makeFolder();
  onTestFinished(remove);
  const asked: Parameters<StartMock>[0][] = [];
  const startMock: StartMock = (given) => {
    asked.push(given);
    return Promise.resolve({
      ...{ url: 'http://127.0.0.1:4100/api/stock-prices', faults: NO_FAULTS, problem: null },
      ...{ calls: 0, connections: 0, symbols: () => [], callsOf: () => 0, setFaults: () => NO_FAULTS },
      stop: () => Promise.resolve(),
    });
  };
  const engine = await InlineEngine.start({ dataFolder: folder }, startMock);
  onTestFinished(() => engine.stop());
  await engine.clock.advance(3000);
  const { price } = await engine.ask('ticker.get', { symbol: 'AAPL' });
  expect(price).toBeGreaterThan(0);
  const [given] = asked;
  expect([given?.lastPrice('AAPL'), given?.lastPrice('NONE')]).toEqual([price, null]);
});
