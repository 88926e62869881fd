import { silentLog } from '../../../lib/log.ts';
import { seededRandom } from '../../../lib/random.ts';
import { VirtualClock } from '../../../lib/virtual-clock.ts';
import { RecordingIntake } from '../../nats/testing/recording-intake.ts';
import { PollBreaker } from '../poll-breaker.ts';
import { startStockSource } from '../stock-source.ts';
import type { StockQuote, StockSourceOptions } from '../stock-source-options.ts';

/** When every run begins, UTC milliseconds. */
export const NOON = Date.UTC(2026, 10, 21, 12);
/** A wall clock that can be set, as by a suspended system; timers and the monotonic clock know nothing of it. */
class JumpingClock extends VirtualClock {
  jumped = 0;

  override now(): number {
    return super.now() + this.jumped;
  }
}

/** Starts polling an API that is no server but a function, on a virtual clock; what is under `run` may be changed at any time. */
export function startPollRun(changed: Partial<StockSourceOptions> = {}) {
  const clock = new JumpingClock(NOON);
  const intake = new RecordingIntake();
  const breaker = new PollBreaker({ clock, log: silentLog });
  const run = {
    clock,
    intake,
    breaker,
    wanted: ['AAPL'],
    mayPoll: true,
    hidden: false,
    asked: [] as { at: number; symbols: readonly string[] }[],
    handed: [] as StockQuote[],
    failures: [] as unknown[],
    closed: 0,
    /** What the API answers: a price that was made just now for each symbol. */
    answer: (symbols: readonly string[]): Promise<unknown> =>
      Promise.resolve(symbols.map((symbol) => row(symbol, clock.now()))),
  };
  const source = startStockSource({
    api: {
      kind: 'external',
      url: 'https://prices.test/v1/prices?apikey=s3cret',
      keyHeader: '',
      key: '',
      tlsCa: '',
    },
    baseSeconds: 5,
    wanted: () => run.wanted,
    mayPoll: () => run.mayPoll,
    hidden: () => run.hidden,
    breaker,
    intake,
    lastAsOf: () => null,
    onQuotes: (quotes) => run.handed.push(...quotes),
    fail: (error) => run.failures.push(error),
    faults: () => null,
    clock,
    random: seededRandom(7),
    log: silentLog,
    http: {
      fetch: (symbols) => {
        run.asked.push({ at: clock.monotonic(), symbols });
        return run.answer(symbols);
      },
      close: () => {
        run.closed += 1;
        return Promise.resolve();
      },
    },
    ...changed,
  });
  return { ...run, run, source, stream: () => intake.of('https://prices.test') };
}

/** A row of an answer; `at` is the provider's time in UTC milliseconds. */
export const row = (symbol: string, at: number, price = 150): object => ({
  symbol,
  price,
  timestamp: new Date(at).toISOString(),
});
