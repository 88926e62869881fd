import { describe, expect, it } from 'vitest';
import { NOON, row, startPollRun } from './testing/poll-run.ts';

/** The longest that an interval of 5 s lasts, jitter included. */
const INTERVAL = 5500;

describe('the stock source', () => {
  it('asks at once and then every five seconds, give or take a tenth', async () => {
    const { clock, run, source } = startPollRun();
    await clock.advance(60_000);
    const times = run.asked.map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - times[index]!);
    expect(times[0]).toBe(0);
    expect(gaps.length).toBeGreaterThanOrEqual(10);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(4500);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(INTERVAL);
    expect(new Set(gaps).size).toBeGreaterThan(5);
    await source.stop();
  });

  it('hands over the price with the provider’s time, and the quotes once they are stored', async () => {
    const { clock, run, source, stream } = startPollRun();
    await clock.advance(0);
    expect(stream().messages).toEqual([
      {
        subject: 'stock.price_updated',
        seq: 1,
        publishedAt: NOON,
        body: '{"symbol":"AAPL","price":150,"occurred_at":"2026-11-21T12:00:00.000Z"}',
      },
    ]);
    expect(run.handed).toEqual([
      { symbol: 'AAPL', price: 150, changePercent: null, currency: null, asOf: NOON },
    ]);
    await source.stop();
  });

  it('asks for a thousand symbols in batches of a hundred, every ten seconds', async () => {
    const { clock, run, source } = startPollRun();
    run.wanted = Array.from({ length: 1000 }, (_, index) => `S${index}`);
    await clock.advance(0);
    expect(run.asked.map(({ symbols }) => symbols.length)).toEqual(Array(10).fill(100));
    expect(new Set(run.asked.flatMap(({ symbols }) => symbols)).size).toBe(1000);
    expect(source.polling()).toMatchObject({
      symbols: 1000,
      interval_ms: 10_000,
      interval_reason: 'as set; longer for 1000 symbols in 10 requests',
    });
    await source.stop();
  });

  it('calls nothing while nothing is watched, and asks soon for what is subscribed, at most once a second', async () => {
    const { clock, run, source } = startPollRun();
    run.wanted = [];
    await clock.advance(60_000);
    expect(run.asked).toEqual([]);
    expect(source.status).toMatchObject({ state: 'live', detail: 'nothing is watched' });
    expect(source.polling()).toMatchObject({
      next_poll_at: null,
      interval_reason: 'no calls: nothing is watched',
    });
    for (const symbol of ['AAPL', 'MSFT', 'TSLA', 'KO']) {
      run.wanted = [...run.wanted, symbol];
      source.wake();
      await clock.advance(100);
    }
    await clock.advance(700);
    expect(run.asked.map(({ symbols }) => symbols)).toEqual([['AAPL'], ['AAPL', 'MSFT', 'TSLA', 'KO']]);
    expect(run.asked[1]!.at - run.asked[0]!.at).toBe(1000);
    await source.stop();
  });

  it('counts a quote that it has handed over as repeated, and takes one that is late', async () => {
    const { clock, run, source, stream } = startPollRun();
    const times = [NOON, NOON, NOON - 5000, NOON - 5000, NOON + 1000];
    run.answer = () => Promise.resolve([row('AAPL', times.shift() ?? 0)]);
    await clock.advance(4 * INTERVAL);
    expect(stream().messages).toHaveLength(3);
    expect(stream().repeated).toBe(2);
    expect(run.handed.map(({ asOf }) => asOf - NOON)).toEqual([0, -5000, 1000]);
    await source.stop();
  });

  it('knows after a restart which quote was stored last', async () => {
    const { clock, run, source, stream } = startPollRun({
      lastAsOf: (symbol) => (symbol === 'AAPL' ? NOON : null),
    });
    run.wanted = ['AAPL', 'MSFT'];
    await clock.advance(0);
    expect(stream().messages.map(({ body }) => body)).toEqual([expect.stringContaining('MSFT')]);
    expect(stream().repeated).toBe(1);
    await source.stop();
  });

  it('rejects bad rows one by one, leaves out what was not asked for, and keeps the rest', async () => {
    const { clock, run, source, stream } = startPollRun();
    run.answer = () =>
      Promise.resolve([
        row('AAPL', NOON),
        row('KO', NOON),
        { symbol: 'AAPL', price: '150', timestamp: 'now' },
        { symbol: 'AAPL', price: 151, timestamp: 'yesterday' },
      ]);
    await clock.advance(0);
    const { bodies } = stream();
    expect(bodies).toHaveLength(3);
    expect(bodies[2]).toContain('"occurred_at":"no time: \\"yesterday\\""');
    expect(source.polling()).toMatchObject({
      rows_accepted: 1,
      rows_rejected: 2,
      last_reject: expect.stringContaining('the timestamp "yesterday" is neither'),
    });
    expect([...source.knownSymbols()]).toEqual(['AAPL', 'KO']);
    expect(run.breaker.view.failures_in_a_row).toBe(0);
    await source.stop();
  });
});

describe('the stock source and its surroundings', () => {
  it('polls a third as often while no window is visible, and as before when one is', async () => {
    const { clock, run, source } = startPollRun();
    await clock.advance(0);
    run.hidden = true;
    source.wake();
    await clock.advance(13_000);
    expect(run.asked).toHaveLength(1);
    expect(source.polling().interval_reason).toBe('as set; longer while no window is visible');
    run.hidden = false;
    source.wake();
    await clock.advance(0);
    expect(run.asked).toHaveLength(2);
    await source.stop();
  });

  it('does not poll while another instance does, even if that is known only when the poll is due', async () => {
    const { clock, run, source } = startPollRun();
    await clock.advance(1000);
    run.mayPoll = false;
    await clock.advance(60_000);
    expect(run.asked).toHaveLength(1);
    expect(source.status).toMatchObject({ state: 'live', detail: 'another instance polls' });
    run.mayPoll = true;
    source.wake();
    await clock.advance(0);
    expect(run.asked).toHaveLength(2);
    await source.stop();
  });

  it('polls at once after the system was suspended', async () => {
    const { clock, run, source } = startPollRun({ baseSeconds: 300 });
    await clock.advance(2000);
    clock.jumped = 3_600_000;
    await clock.advance(1000);
    expect(run.asked.map(({ at }) => at)).toEqual([0, 3000]);
    await source.stop();
  });

  it('shows the address without its query, which may hold a key', async () => {
    const { clock, source } = startPollRun();
    await clock.advance(0);
    expect(source.polling().api).toEqual({ kind: 'external', url: 'https://prices.test/v1/prices' });
    expect(JSON.stringify([source.polling(), source.status])).not.toContain('s3cret');
    await source.stop();
  });

  it('leaves nothing running when it is stopped, and a call that was under way counts as nothing', async () => {
    const { clock, run, breaker, source, stream } = startPollRun();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    run.answer = () => promise;
    await clock.advance(0);
    const stopped = source.stop();
    resolve(Promise.reject(new Error('aborted')));
    await stopped;
    await source.stop();
    await clock.advance(60_000);
    expect([run.asked.length, run.closed, run.failures.length]).toEqual([1, 1, 0]);
    expect(breaker.view).toMatchObject({ state: 'closed', failures_in_a_row: 0, last_failure: null });
    expect([clock.pending, stream().listeners]).toEqual([0, 0]);
  });
});
