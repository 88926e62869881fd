import { describe, expect, it } from 'vitest';
import { RecordingIntake } from '../nats/testing/recording-intake.ts';
import { RateLimitedError } from './rate-limited-error.ts';
import { StockApiError } from './stock-api-error.ts';
import { NOON, startPollRun } from './testing/poll-run.ts';

/** The longest that an interval of 5 s lasts, jitter included. */
const INTERVAL = 5500;

const failing = () => Promise.reject(new StockApiError('HTTP 500 from prices.test'));

describe('the stock source in trouble', () => {
  it('lets the breaker open after three failures, probes once after five seconds, and is live at once when it is back', async () => {
    const { clock, run, breaker, source } = startPollRun();
    const { answer } = run;
    run.answer = failing;
    await clock.advance(2 * INTERVAL);
    expect(run.asked).toHaveLength(3);
    expect(source.status).toMatchObject({
      state: 'unreachable',
      detail: 'breaker open: HTTP 500 from prices.test',
      retryAt: breaker.nextProbeAt,
    });
    await clock.advance(4900 - (clock.monotonic() - run.asked[2]!.at));
    expect(run.asked).toHaveLength(3);
    await clock.advance(100);
    expect(run.asked).toHaveLength(4);
    run.answer = answer;
    await clock.advance(5000);
    expect(run.asked).toHaveLength(5);
    expect(breaker.state).toBe('closed');
    expect(source.status).toMatchObject({ state: 'live', detail: 'polling 1 symbol every 5 s' });
    await source.stop();
  });

  it('leaves the API alone while it is tripped by hand, and asks soon once it is reset', async () => {
    const { clock, run, breaker, source } = startPollRun();
    await clock.advance(0);
    breaker.trip();
    await clock.advance(120_000);
    expect(run.asked).toHaveLength(1);
    expect(source.status).toMatchObject({ state: 'unreachable', retryAt: null });
    breaker.reset();
    await clock.advance(0);
    expect(run.asked).toHaveLength(2);
    await source.stop();
  });

  it('stays away for as long as an answer 429 says, then polls half as often, and no failure is counted', async () => {
    const { clock, run, breaker, source } = startPollRun();
    const { answer } = run;
    run.answer = () => Promise.reject(new RateLimitedError('prices.test', 30_000));
    await clock.advance(29_999);
    expect(run.asked).toHaveLength(1);
    expect(source.status).toMatchObject({
      state: 'unreachable',
      retryAt: NOON + 30_000,
      detail: 'HTTP 429 from prices.test, asks to wait 30 s',
    });
    expect(source.polling()).toMatchObject({
      interval_ms: 10_000,
      interval_reason: 'as set; longer because the API answered 429',
    });
    expect(breaker.view.calls_in_window).toBe(0);
    run.answer = answer;
    await clock.advance(1);
    expect(run.asked).toHaveLength(2);
    expect(source.polling().interval_ms).toBe(5000);
    await source.stop();
  });

  it('asks for the other batches when one fails', async () => {
    const { clock, run, breaker, source, stream } = startPollRun();
    run.wanted = Array.from({ length: 250 }, (_, index) => `S${index}`);
    const { answer } = run;
    run.answer = (symbols) => (symbols.includes('S0') ? failing() : answer(symbols));
    await clock.advance(0);
    expect(stream().messages).toHaveLength(150);
    expect(breaker.state).toBe('closed');
    expect(source.status).toMatchObject({ state: 'unreachable', detail: 'HTTP 500 from prices.test' });
    await source.stop();
  });

  it('waits while the store is behind, and goes on when it has room', async () => {
    const intake = new RecordingIntake(1);
    const stream = await intake.openStream({ name: 'https://prices.test', createdAt: 0 });
    stream.held = true;
    const { clock, run, source } = startPollRun({ intake });
    await clock.advance(30_000);
    expect(run.asked).toHaveLength(1);
    expect(source.polling().interval_reason).toBe('no calls: the store is behind');
    stream.release();
    await clock.advance(0);
    expect(run.asked).toHaveLength(2);
    await source.stop();
  });

  it('says what it cannot explain instead of going on', async () => {
    const { clock, run, source } = startPollRun();
    const bug = new TypeError('a bug');
    run.answer = () => Promise.reject(bug);
    await clock.advance(0);
    expect(run.failures).toEqual([bug]);
    await source.stop();
  });
});

describe('a stock API that answers, and gives no prices', () => {
  it('is degraded and says in words what it left out; the breaker counts no failure', async () => {
    const { clock, run, breaker, source } = startPollRun();
    const { answer } = run;
    run.wanted = ['AAPL', 'MSFT', 'TSLA', 'ZZZZ'];
    run.answer = () => Promise.resolve([]);
    await clock.advance(2 * INTERVAL);
    expect(source.status).toMatchObject({
      state: 'degraded',
      detail: 'answered without any of the 4 watched symbols',
    });
    run.answer = (symbols) => Promise.resolve(symbols.map((symbol) => ({ symbol, price: 'dear' })));
    await clock.advance(INTERVAL);
    expect(source.status).toMatchObject({
      state: 'degraded',
      detail: expect.stringMatching(/^all 4 rows were rejected: the price "dear" is no number/) as unknown,
    });
    expect([breaker.state, breaker.view.failures_in_window]).toEqual(['closed', 0]);
    expect(source.polling().unknown_symbols).toEqual([]);
    run.answer = answer;
    await clock.advance(INTERVAL);
    expect(source.status).toMatchObject({ state: 'live', detail: 'polling 4 symbols every 5 s' });
    await source.stop();
  });

  it('says which of the watched symbols it does not know, as long as they are watched', async () => {
    const { clock, run, source } = startPollRun();
    const { answer } = run;
    run.wanted = ['AAPL', 'ZZZZ'];
    run.answer = (symbols) => answer(symbols.filter((symbol) => symbol !== 'ZZZZ'));
    await clock.advance(INTERVAL);
    expect(source.status).toMatchObject({
      state: 'live',
      detail: 'polling 2 symbols every 5 s; the stock API does not know ZZZZ',
    });
    expect(source.polling().unknown_symbols).toEqual(['ZZZZ']);
    run.wanted = ['AAPL'];
    source.wake();
    expect(source.polling().unknown_symbols).toEqual([]);
    await source.stop();
  });
});
