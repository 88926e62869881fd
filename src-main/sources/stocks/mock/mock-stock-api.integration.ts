import { Client } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../../lib/clock.ts';
import { silentLog } from '../../../lib/log.ts';
import { seededRandom } from '../../../lib/random.ts';
import { VirtualClock } from '../../../lib/virtual-clock.ts';
import { startMockStockApi, type MockStockApi } from './mock-stock-api.ts';
import { DEFAULT_PRICE_RANGES, fixedPriceRanges } from './price-ranges.ts';

interface Row {
  symbol: string;
  price: number;
  change_percent: number;
  timestamp: string;
}

const NOON = Date.UTC(2026, 10, 21, 12);
const running: MockStockApi[] = [];

afterEach(async () => {
  for (const mock of running.splice(0)) await mock.stop();
});

interface Start {
  port?: number;
  seed?: number;
  clock?: Clock;
  lastPrice?: (symbol: string) => number | null;
}

async function start(options: Start = {}): Promise<MockStockApi> {
  const { port = 0, seed = 7, clock = systemClock, lastPrice } = options;
  const random = seededRandom(seed);
  const given = { port, ranges: fixedPriceRanges(), clock, random, log: silentLog };
  const mock = await startMockStockApi({ ...given, ...(lastPrice && { lastPrice }) });
  running.push(mock);
  return mock;
}

/** A clock that stands still, and tells when somebody sleeps by it, and for how long. */
function sleepingClock() {
  const asleep = Promise.withResolvers<number>();
  class SleepingClock extends VirtualClock {
    override sleep(ms: number, signal?: AbortSignal): Promise<void> {
      asleep.resolve(ms);
      return super.sleep(ms, signal);
    }
  }
  return { clock: new SleepingClock(NOON), asleep: asleep.promise };
}

async function rows(mock: MockStockApi, query = ''): Promise<Row[]> {
  const answer = await fetch(mock.url + query);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Row[];
}

describe('the mock stock API', () => {
  it('answers on loopback with a price within its range for every symbol, dated now', async () => {
    const mock = await start({ clock: new VirtualClock(NOON) });
    expect(new URL(mock.url).hostname).toBe('127.0.0.1');
    const prices = await rows(mock);
    expect(prices.map(({ symbol }) => symbol)).toEqual(mock.symbols());
    for (const [index, { low, high }] of DEFAULT_PRICE_RANGES.entries()) {
      expect(prices[index]?.price).toBeGreaterThanOrEqual(low);
      expect(prices[index]?.price).toBeLessThanOrEqual(high);
      expect(prices[index]?.timestamp).toBe('2026-11-21T12:00:00.000Z');
    }
  });

  it('answers with new values at every call, and with the same ones for the same seed', async () => {
    const mock = await start();
    const [first, second] = [await rows(mock), await rows(mock)];
    for (const [index, { price }] of first.entries()) expect(second[index]?.price).not.toBe(price);
    const prices = (told: Row[]) => told.map(({ price }) => price);
    expect(prices(await rows(await start()))).toEqual(prices(first));
    expect(prices(await rows(await start({ seed: 8 })))).not.toEqual(prices(first));
  });

  it('goes on from the last known price of a symbol, inside its range', async () => {
    const last: Record<string, number> = { AAPL: 145.5, TSLA: 1e6 };
    const mock = await start({ lastPrice: (symbol) => last[symbol] ?? null });
    const [apple = NaN, tesla = NaN] = (await rows(mock, '?symbols=AAPL,TSLA')).map(({ price }) => price);
    const highest = DEFAULT_PRICE_RANGES.find(({ symbol }) => symbol === 'TSLA')?.high ?? NaN;
    expect(Math.abs(apple - 145.5)).toBeLessThan(0.5);
    expect(tesla).toBeLessThanOrEqual(highest);
    expect(tesla).toBeGreaterThan(highest * 0.97);
  });

  it('answers for the symbols that are asked for, as far as it knows them, and counts the calls for each', async () => {
    const mock = await start();
    const asked = await rows(mock, '?symbols=tsla,AAPL,UNKNOWN,%3Cb%3E');
    expect(asked.map(({ symbol }) => symbol)).toEqual(['AAPL', 'TSLA']);
    expect(await rows(mock, '?symbols=')).toEqual([]);
    await rows(mock);
    expect([mock.calls, mock.callsOf('AAPL'), mock.callsOf('MSFT'), mock.callsOf('UNKNOWN')]).toEqual([
      3, 2, 1, 0,
    ]);
  });

  it('serves nothing else', async () => {
    const mock = await start();
    const elsewhere = await fetch(new URL('/', mock.url));
    const posted = await fetch(mock.url, { method: 'POST' });
    expect([elsewhere.status, posted.status, mock.calls]).toEqual([404, 405, 0]);
    await Promise.all([elsewhere.text(), posted.text()]);
  });

  it('fails, is busy, breaks off and tells old prices as its faults are switched', async () => {
    const mock = await start({ clock: new VirtualClock(NOON) });
    mock.setFaults({ error_rate: 1 });
    expect((await fetch(mock.url)).status).toBe(500);
    mock.setFaults({ error_rate: 0, limited_rate: 1, retry_after_s: 7 });
    const busy = await fetch(mock.url);
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '7']);
    mock.setFaults({ limited_rate: 0, malformed_rate: 1 });
    await expect((await fetch(mock.url)).json()).rejects.toThrow(SyntaxError);
    const faults = mock.setFaults({ malformed_rate: 0, stale_s: 60 });
    expect(faults).toMatchObject({ error_rate: 0, malformed_rate: 0, retry_after_s: 7, stale_s: 60 });
    expect((await rows(mock))[0]?.timestamp).toBe('2026-11-21T11:59:00.000Z');
    expect(mock.calls).toBe(4);
  });

  it('answers after its latency', async () => {
    const { clock, asleep } = sleepingClock();
    const mock = await start({ clock });
    mock.setFaults({ latency_ms: 800 });
    const open = rows(mock, '?symbols=AAPL');
    expect(await asleep).toBe(800);
    await clock.advance(800);
    expect(await open).toHaveLength(1);
  });

  it('breaks calls off that wait when it is stopped', async () => {
    const { clock, asleep } = sleepingClock();
    const mock = await start({ clock });
    mock.setFaults({ latency_ms: 60_000 });
    const open = fetch(mock.url).then(
      () => 'answered',
      () => 'broken off',
    );
    await asleep;
    await mock.stop();
    expect(await open).toBe('broken off');
    expect(clock.pending).toBe(0);
  });

  it('leaves calls open in a time-out', async () => {
    const mock = await start();
    mock.setFaults({ timeout_rate: 1 });
    await expect(fetch(mock.url, { signal: AbortSignal.timeout(200) })).rejects.toThrow('timeout');
    expect(mock.calls).toBe(1);
  });

  it('counts connections, and keeps them from call to call', async () => {
    const mock = await start();
    const { origin, pathname } = new URL(mock.url);
    const client = new Client(origin);
    for (let call = 0; call < 5; call += 1) {
      const { body } = await client.request({ path: pathname, method: 'GET' });
      await body.dump();
    }
    await client.close();
    expect([mock.calls, mock.connections]).toEqual([5, 1]);
  });

  it('starts again on its port, and says so when that is taken', async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    await expect(start({ port })).rejects.toThrow('EADDRINUSE');
    await first.stop();
    expect((await start({ port })).url).toBe(first.url);
  });
});
