import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../lib/log.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { BreakerOpenError } from './breaker-open-error.ts';
import { PollBreaker, type BreakerChange } from './poll-breaker.ts';
import { RateLimitedError } from './rate-limited-error.ts';
import { StockApiError } from './stock-api-error.ts';
import { predict, type ScriptedOutcome, type ScriptStep } from './testing/breaker-model.ts';

const START = Date.UTC(2026, 10, 21, 12);

function create(clock = new VirtualClock(START)) {
  const breaker = new PollBreaker({ clock, log: silentLog });
  const changes: BreakerChange[] = [];
  breaker.onTransition((change) => changes.push(change));
  let calls = 0;
  /** Calls through the breaker; answers with what it came to. */
  async function call(outcome: ScriptedOutcome, takesMs = 0): Promise<string> {
    const abort = new AbortController();
    const made = breaker.call(async () => {
      calls += 1;
      await clock.sleep(takesMs);
      return answered(outcome, abort);
    }, abort.signal);
    const told = made.then(
      () => 'answer',
      (error: unknown) => (error as Error).message,
    );
    await clock.advance(takesMs);
    return told;
  }
  async function fail(times = 1): Promise<void> {
    for (let time = 0; time < times; time += 1) await call('failure');
  }
  return {
    breaker,
    clock,
    changes,
    call,
    fail,
    steps: () => changes.map(({ to }) => to),
    calls: () => calls,
  };
}

function answered(outcome: ScriptedOutcome, abort: AbortController): string {
  if (outcome === 'failure') throw new StockApiError('HTTP 500 from prices:1');
  if (outcome === 'limited') throw new RateLimitedError('prices:1', null);
  if (outcome === 'aborted') {
    abort.abort(new Error('stopped'));
    abort.signal.throwIfAborted();
  }
  return 'prices';
}

describe('PollBreaker', () => {
  it('opens at the third failure in a row, and then lets nothing pass for five seconds', async () => {
    const { breaker, clock, changes, call, fail, calls } = create();
    await fail(2);
    expect(breaker.state).toBe('closed');
    await fail();
    expect(changes).toEqual([
      { at: START, from: 'closed', to: 'open', reason: '3 failures in a row: HTTP 500 from prices:1' },
    ]);
    await clock.advance(4999);
    expect(breaker.refusesForMs).toBe(1);
    expect(await call('answer')).toBe('breaker open: HTTP 500 from prices:1');
    expect(calls()).toBe(3);
  });

  it('is not opened by failures between which an answer came', async () => {
    const { call, fail, steps } = create();
    await fail(2);
    await call('answer');
    await fail(2);
    expect(steps()).toEqual([]);
  });

  it('opens when half of ten calls within thirty seconds failed, however they lie', async () => {
    const { call, changes } = create();
    for (let round = 0; round < 5; round += 1) {
      await call('answer');
      expect(changes).toEqual([]);
      await call('failure');
    }
    expect(changes[0]?.reason).toBe('5 of 10 calls within 30 s failed: HTTP 500 from prices:1');
  });

  it('forgets calls that are older than its window', async () => {
    const { breaker, clock, call } = create();
    for (let round = 0; round < 20; round += 1) {
      await call(round % 2 === 0 ? 'answer' : 'failure');
      await clock.advance(5000);
    }
    expect(breaker.state).toBe('closed');
    expect(breaker.view).toMatchObject({ calls_in_window: 5, failures_in_window: 3, window_s: 30 });
  });

  it('lets exactly one probe pass, however many call', async () => {
    const { breaker, clock, fail, steps } = create();
    await fail(3);
    await clock.advance(5000);
    const probe = Promise.withResolvers<string>();
    const { signal } = new AbortController();
    let begun = 0;
    const calls = Array.from({ length: 10 }, () =>
      breaker.call(() => {
        begun += 1;
        return probe.promise;
      }, signal),
    );
    const told = Promise.allSettled(calls);
    expect(breaker.state).toBe('half_open');
    expect(breaker.refusesForMs).toBe(Infinity);
    probe.resolve('prices');
    const results = await told;
    expect(begun).toBe(1);
    expect(results[0]).toEqual({ status: 'fulfilled', value: 'prices' });
    for (const result of results.slice(1)) {
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(BreakerOpenError) as unknown });
    }
    expect(steps()).toEqual(['open', 'half_open', 'closed']);
  });

  it('opens for another five seconds when the probe fails', async () => {
    const { breaker, clock, fail, changes } = create();
    await fail(3);
    await clock.advance(5000);
    await fail();
    expect(changes.at(-1)).toMatchObject({
      from: 'half_open',
      to: 'open',
      reason: 'the probe failed: HTTP 500 from prices:1',
    });
    expect(breaker.refusesForMs).toBe(5000);
    expect(breaker.view.opened_at).toBe('2026-11-21T12:00:00.000Z');
    expect(breaker.view.next_probe_at).toBe('2026-11-21T12:00:10.000Z');
  });

  it('counts an answer 429 as nothing, and closes on it when it answers a probe', async () => {
    const { clock, call, fail, steps } = create();
    for (let time = 0; time < 5; time += 1) await call('limited');
    expect(steps()).toEqual([]);
    await fail(3);
    await clock.advance(5000);
    expect(await call('limited')).toBe('HTTP 429 from prices:1');
    expect(steps()).toEqual(['open', 'half_open', 'closed']);
  });

  it('counts no call that was called off, but opens again when it was the probe', async () => {
    const { clock, call, fail, changes } = create();
    for (let time = 0; time < 5; time += 1) expect(await call('aborted')).toBe('stopped');
    expect(changes).toEqual([]);
    await fail(3);
    await clock.advance(5000);
    await call('aborted');
    expect(changes.at(-1)?.reason).toBe('the probe failed: the probe was called off');
  });

  it('changes nothing when it is looked at', async () => {
    const { breaker, clock, fail, changes } = create();
    await fail(3);
    await clock.advance(60_000);
    for (let look = 0; look < 3; look += 1) {
      expect([breaker.state, breaker.view.state, breaker.refusesForMs]).toEqual(['open', 'open', 0]);
    }
    expect(changes).toHaveLength(1);
  });

  it('stays open for good when it is tripped, until it is reset', async () => {
    const { breaker, clock, call, changes, calls } = create();
    breaker.trip();
    breaker.trip();
    await clock.advance(3_600_000);
    expect(await call('answer')).toBe('breaker open: tripped by hand');
    expect(calls()).toBe(0);
    expect(breaker.view.next_probe_at).toBeNull();
    breaker.reset();
    expect(await call('answer')).toBe('answer');
    expect(changes.map(({ to, reason }) => [to, reason])).toEqual([
      ['isolated', 'tripped by hand'],
      ['closed', 'reset by hand'],
    ]);
  });

  it('is closed by a reset with a clean slate, and a probe under way decides nothing any more', async () => {
    const { breaker, clock, fail, call, steps } = create();
    await fail(3);
    await clock.advance(5000);
    const probe = call('failure', 1000);
    breaker.reset();
    await probe;
    await fail(2);
    expect(steps()).toEqual(['open', 'half_open', 'closed']);
    expect(breaker.view).toMatchObject({ failures_in_a_row: 2, opened_at: null });
  });

  it('tells every listener until it is let go, whatever another one does', async () => {
    const { breaker, fail } = create();
    const heard: string[] = [];
    breaker.onTransition(() => {
      throw new Error('deaf');
    });
    const stop = breaker.onTransition(({ to }) => heard.push(to));
    await fail(3);
    stop();
    breaker.reset();
    expect(heard).toEqual(['open']);
  });

  it('waits by the time that passes, not by a clock on the wall that jumps', async () => {
    let jump = 0;
    class JumpingClock extends VirtualClock {
      override now(): number {
        return super.now() + jump;
      }
    }
    const { breaker, clock, fail } = create(new JumpingClock(START));
    await fail(3);
    jump = -86_400_000;
    await clock.advance(4000);
    expect(breaker.refusesForMs).toBe(1000);
    jump = 86_400_000;
    expect(breaker.refusesForMs).toBe(1000);
  });

  it('goes through the very transitions that 200 random scripts of faults call for', async () => {
    const pauseMs = fc.constantFrom(0, 10, 1000, 3000, 4999, 5000, 5001, 29_999, 30_000, 60_000);
    const outcome = fc.oneof(
      { weight: 5, arbitrary: fc.constant<ScriptedOutcome>('failure') },
      { weight: 4, arbitrary: fc.constant<ScriptedOutcome>('answer') },
      { weight: 1, arbitrary: fc.constantFrom<ScriptedOutcome>('limited', 'aborted') },
    );
    const called = fc.record({
      pauseMs,
      does: fc.constant('call' as const),
      takesMs: fc.constantFrom(0, 1, 400, 4000),
      outcome,
    });
    const byHand = fc.record({ pauseMs, does: fc.constantFrom('trip' as const, 'reset' as const) });
    const step = fc.oneof<fc.MaybeWeightedArbitrary<ScriptStep>[]>(
      { weight: 19, arbitrary: called },
      { weight: 1, arbitrary: byHand },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80, size: 'max' }), async (script) => {
        const { breaker, clock, changes, call, calls } = create();
        for (const each of script) {
          await clock.advance(each.pauseMs);
          if (each.does === 'call') await call(each.outcome, each.takesMs);
          else breaker[each.does]();
        }
        const { transitions, passed } = predict(script, START);
        expect(changes.map(({ at, from, to }) => ({ at, from, to }))).toEqual(transitions);
        expect(calls()).toBe(passed);
      }),
      { numRuns: 200 },
    );
  });
});
