import { describe, expect, it } from 'vitest';
import * as rules from './invoice-run.ts';
import type { SimulatorState } from './invoice-run.ts';

const NOW = 1_000_000;
const newRun = () => ({ run: 3, generation: 2, seed: 7, vatBasisPoints: 1500, startedAt: NOW });
const idle: SimulatorState = { state: 'idle' };

function next(outcome: rules.Outcome): SimulatorState {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.next;
}

function runOf(state: SimulatorState): rules.Run {
  if (state.state === 'idle') throw new Error('no run');
  return state.run;
}

const running = next(rules.start(idle, {}, newRun));
const draining = next(rules.stop(rules.produced(running, 10)));
const finished = rules.shown(draining, 10, NOW);
const states = { idle, running, draining, finished };

describe('the table of commands', () => {
  it.each([
    ['idle', 'start', 'running'],
    ['idle', 'stop', null],
    ['idle', 'reset', 'idle'],
    ['running', 'start', null],
    ['running', 'stop', 'draining'],
    ['running', 'reset', null],
    ['draining', 'start', 'running'],
    ['draining', 'stop', null],
    ['draining', 'reset', 'idle'],
    ['finished', 'start', 'running'],
    ['finished', 'stop', null],
    ['finished', 'reset', 'idle'],
  ] as const)('%s, %s → %s', (from, command, to) => {
    const commands = {
      start: () => rules.start(states[from], {}, newRun),
      stop: () => rules.stop(states[from]),
      reset: () => rules.reset(states[from]),
    };
    const outcome = commands[command]();
    if (to !== null) expect(next(outcome).state).toBe(to);
    else expect(outcome).toEqual({ ok: false, code: 'conflict', reason: expect.stringMatching(/\w/) });
  });

  it('changes rates only while a run is under way', () => {
    const tried = Object.values(states).map((state) => rules.rates(state, { rate_per_s: 9 }, 0).ok);
    expect(tried).toEqual([false, true, true, false]);
  });
});

describe('a run', () => {
  it('begins with 5 and 2 per second for 300 s, so with a plan of 1,500', () => {
    expect(rules.recordOf(running)).toEqual({
      ...newRun(),
      state: 'running',
      ratePerS: 5,
      displayRatePerS: 2,
      durationS: 300,
      planned: 1500,
      endedAt: null,
    });
  });

  it('drains by itself with the last of its plan, and has finished when nothing waits', () => {
    const last = rules.produced(running, 1500);
    expect(last.state).toBe('draining');
    expect(rules.shown(last, 1499, NOW).state).toBe('draining');
    expect(rules.shown(rules.shown(last, 1499, NOW), 1, NOW)).toMatchObject({
      state: 'finished',
      endedAt: NOW,
    });
  });

  it('that was stopped before anything waited finishes with the next look at the backlog', () => {
    const stopped = next(rules.stop(running));
    expect(stopped.state).toBe('draining');
    expect(rules.shown(stopped, 0, NOW).state).toBe('finished');
  });

  it('goes on with its plan when started while it drains', () => {
    const again = next(rules.start(draining, {}, newRun));
    expect([runOf(again).produced, rules.plannedOf(runOf(again))]).toEqual([10, 1500]);
  });

  it('has its plan extended when started after producing all of it', () => {
    const done = rules.produced(running, 1500);
    const again = next(rules.start(done, { rate_per_s: 10, duration_s: 60 }, newRun));
    expect(rules.plannedOf(runOf(again))).toBe(2100);
  });

  it('produces at a new rate for what is left of its time', () => {
    const faster = next(rules.rates(rules.produced(running, 500), { rate_per_s: 10 }, 500));
    expect(rules.plannedOf(runOf(faster))).toBe(2500);
    const longer = next(rules.rates(faster, { duration_s: 310 }, 600));
    expect(rules.plannedOf(runOf(longer))).toBe(2600);
  });

  it('ends production when its new duration is over already', () => {
    const shorter = next(rules.rates(rules.produced(running, 500), { duration_s: 60 }, 500.5));
    expect([shorter.state, rules.plannedOf(runOf(shorter))]).toEqual(['draining', 500]);
  });

  it('has the same plan after its rate went up and down a hundred times', () => {
    let state = running;
    for (let change = 0; change < 100; change += 1)
      state = next(rules.rates(state, { rate_per_s: change % 2 === 0 ? 7 : 5 }, 0.7));
    expect(rules.plannedOf(runOf(state))).toBe(1500);
  });

  it('is refused when it would produce more than ten million, or none', () => {
    const most = { rate_per_s: 5000, duration_s: 86_400 };
    const tooMany = { ok: false, code: 'invalid_argument', reason: expect.stringContaining('10,000,000') };
    expect(rules.start(idle, most, newRun)).toEqual(tooMany);
    expect(rules.rates(running, most, 0)).toEqual(tooMany);
    expect(rules.start(idle, { rate_per_s: 0.1, duration_s: 1 }, newRun)).toMatchObject({
      ok: false,
      code: 'invalid_argument',
    });
  });
});

describe('a stored run', () => {
  const stored = { ...rules.recordOf(running)!, produced: 812, shown: 300 };

  it('is what it was', () => {
    expect(rules.restored(stored, NOW)).toMatchObject({
      state: 'running',
      run: { produced: 812, shown: 300 },
    });
    expect(rules.restored(null, NOW)).toEqual(idle);
    expect(rules.restored({ ...stored, state: 'finished', shown: 812, endedAt: 5 }, NOW)).toMatchObject({
      state: 'finished',
      endedAt: 5,
    });
  });

  it('drains when it had produced all, or has something left to show', () => {
    expect(rules.restored({ ...stored, produced: 1500 }, NOW).state).toBe('draining');
    expect(rules.restored({ ...stored, state: 'finished', endedAt: 5 }, NOW).state).toBe('draining');
  });
});
