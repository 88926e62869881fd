import { afterEach, describe, expect, it } from 'vitest';
import type { MockFaults } from '../../../src-contract/polling.ts';
import { systemClock } from '../../lib/clock.ts';
import { silentLog } from '../../lib/log.ts';
import { seededRandom } from '../../lib/random.ts';
import { RecordingIntake } from '../nats/testing/recording-intake.ts';
import { startMockStockApi, type MockStockApi } from './mock/mock-stock-api.ts';
import { fixedPriceRanges } from './mock/price-ranges.ts';
import { PollBreaker, type BreakerChange } from './poll-breaker.ts';
import { startStockSource } from './stock-source.ts';
import type { StockSource } from './stock-source-options.ts';

interface Run {
  mock: MockStockApi;
  breaker: PollBreaker;
  source: StockSource;
  intake: RecordingIntake;
  changes: BreakerChange[];
  /** Calls at the API when each of the changes happened. */
  callsAt: number[];
}

const runs: Run[] = [];
afterEach(async () => {
  for (const { source, mock } of runs.splice(0)) {
    await source.stop();
    await mock.stop();
  }
});

/** Polls a mock every second; the breaker stays open as long. */
async function start(faults: Partial<MockFaults> = {}, wanted: string[] = ['AAPL', 'TSLA']): Promise<Run> {
  const [clock, log] = [systemClock, silentLog];
  const random = seededRandom(7);
  const mock = await startMockStockApi({ port: 0, ranges: fixedPriceRanges(), clock, random, log, faults });
  const breaker = new PollBreaker({ clock, log, limits: { openMs: 1000 } });
  const intake = new RecordingIntake();
  const changes: BreakerChange[] = [];
  const callsAt: number[] = [];
  breaker.onTransition((change) => {
    changes.push(change);
    callsAt.push(mock.calls);
  });
  const source = startStockSource({
    api: { kind: 'mock', url: mock.url, keyHeader: 'X-Api-Key', key: '', tlsCa: '' },
    baseSeconds: 1,
    wanted: () => wanted,
    mayPoll: () => true,
    hidden: () => false,
    breaker,
    intake,
    lastAsOf: () => null,
    onQuotes: () => undefined,
    fail: (error) => expect(error).toBeUndefined(),
    faults: () => mock.faults,
    clock,
    random,
    log,
  });
  const run = { mock, breaker, source, intake, changes, callsAt };
  runs.push(run);
  return run;
}

/** Resolves once this holds, which is asked at every change of the polling. */
function until(source: StockSource, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      cancel();
      resolve();
    };
    const cancel = source.onPolling(look);
    look();
  });
}

const states = ({ changes }: Run): string[] => changes.map(({ to }) => to);

describe('polling a stock API over HTTP', () => {
  it('gets prices within their ranges, of watched symbols only, over one connection', async () => {
    const { mock, source, intake } = await start();
    await until(source, () => source.polling().rows_accepted >= 4);
    const prices = intake.bodies.map((body) => JSON.parse(body) as { symbol: string; price: number });
    expect(new Set(prices.map(({ symbol }) => symbol))).toEqual(new Set(['AAPL', 'TSLA']));
    for (const { symbol, price } of prices) {
      expect(price).toBeGreaterThanOrEqual(symbol === 'AAPL' ? 145 : 240);
      expect(price).toBeLessThanOrEqual(symbol === 'AAPL' ? 155 : 260);
    }
    expect([mock.callsOf('MSFT'), mock.connections]).toEqual([0, 1]);
    expect(mock.callsOf('AAPL')).toBe(mock.calls);
  });

  it('stops calling one that always fails, probes it once when its time is over, and goes on when it is back', async () => {
    const run = await start({ error_rate: 1 });
    const { mock, breaker, source, changes, callsAt } = run;
    await until(source, () => changes.length >= 3);
    expect(states(run)).toEqual(['open', 'half_open', 'open']);
    // Three failures opened it; none came while it was open; the probe was one call.
    expect(callsAt).toEqual([3, 3, 4]);
    expect(changes[1]!.at - changes[0]!.at).toBeGreaterThanOrEqual(1000);
    expect(source.status).toMatchObject({ state: 'unreachable' });
    mock.setFaults({ error_rate: 0 });
    await until(source, () => source.status.state === 'live');
    expect(states(run).slice(3)).toEqual(['half_open', 'closed']);
    expect(callsAt.slice(3)).toEqual([4, 5]);
    expect(breaker.view).toMatchObject({ failures_in_a_row: 0, opened_at: null });
  });

  it.each<[string, Partial<MockFaults>, string]>([
    ['does not answer', { timeout_rate: 1 }, 'no answer within 0.8 s from'],
    ['answers what is no JSON', { malformed_rate: 1 }, 'is not JSON at byte'],
  ])('counts it as a failure when the API %s', async (_, faults, message) => {
    const { mock, breaker, source } = await start(faults);
    await until(source, () => breaker.state === 'open');
    expect(mock.calls).toBe(3);
    expect(breaker.view.last_failure).toContain(message);
  });

  it('stays away for as long as an answer 429 says', async () => {
    const { mock, breaker, source } = await start({ limited_rate: 1, retry_after_s: 2 });
    await until(source, () => mock.calls === 1 && source.polling().next_poll_at !== null);
    const { last_poll_at: asked, next_poll_at: next } = source.polling();
    expect(Date.parse(next!) - Date.parse(asked!)).toBeGreaterThanOrEqual(2000);
    mock.setFaults({ limited_rate: 0 });
    await until(source, () => source.status.state === 'live');
    expect([mock.calls, breaker.view.state]).toEqual([2, 'closed']);
  });

  it('keeps the age that the API gives its prices', async () => {
    const { source, intake } = await start({ stale_s: 3600 });
    await until(source, () => source.polling().rows_accepted > 0);
    const { occurred_at: at } = JSON.parse(intake.bodies[0]!) as { occurred_at: string };
    expect(Date.now() - Date.parse(at)).toBeGreaterThanOrEqual(3_600_000);
  });

  it('shows a refused connection, and heals when the API is back on its port', async () => {
    const run = await start();
    const { mock, source } = run;
    await until(source, () => source.status.state === 'live');
    const port = Number(new URL(mock.url).port);
    await mock.stop();
    await until(source, () => source.status.state === 'unreachable');
    expect(source.status.detail).toMatch(/connection (refused|lost|reset) from 127\.0\.0\.1/);
    run.mock = await startMockStockApi({
      port,
      ranges: fixedPriceRanges(),
      clock: systemClock,
      random: seededRandom(7),
      log: silentLog,
    });
    await until(source, () => source.status.state === 'live');
    expect(run.mock.calls).toBeGreaterThan(0);
  });
});
