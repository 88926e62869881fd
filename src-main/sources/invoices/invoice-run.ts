import { RUN_LIMITS } from '../../../src-contract/invoice.ts';
import type { InvoiceRunRecord } from '../../../src-contract/invoice-store.ts';
import type { StoredRun } from './coordinator-options.ts';
import { formatCount } from './format-count.ts';
import type { GivenFigures } from './invoice-control.ts';
import { wholePart } from './pace.ts';

/** A run with its counts, whatever state it is in. Times are UTC milliseconds. */
export interface Run {
  readonly run: number;
  readonly generation: number;
  readonly seed: number;
  readonly vatBasisPoints: number;
  readonly startedAt: number;
  readonly ratePerS: number;
  readonly displayRatePerS: number;
  readonly durationS: number;
  /** Where its plan ends, as progress: the whole part of it is how many it produces in all. */
  readonly end: number;
  readonly produced: number;
  readonly shown: number;
}

/** A state of {@link SimulatorState}, by its name. */
type In<Name extends SimulatorState['state']> = Extract<SimulatorState, { state: Name }>;

/** The simulator. Idle: there is no run in the generation in view. */
export type SimulatorState =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly run: Run }
  | { readonly state: 'draining'; readonly run: Run }
  | { readonly state: 'finished'; readonly run: Run; readonly endedAt: number };

/** A refused command's code and reason. */
interface Refusal {
  readonly ok: false;
  readonly code: 'conflict' | 'invalid_argument';
  readonly reason: string;
}

/** What a command leads to, or why it is refused. */
export type Outcome<S extends SimulatorState = SimulatorState> =
  { readonly ok: true; readonly next: S } | Refusal;

/** What a new run is given that no command says. */
export type NewRun = Pick<Run, 'run' | 'generation' | 'seed' | 'vatBasisPoints' | 'startedAt'>;

/** How many a run produces in all. */
export function plannedOf(run: Run): number {
  return wholePart(run.end);
}

/** How many of a run are produced and not shown. */
export function waitingOf(run: Run): number {
  return run.produced - run.shown;
}

/** Begins a new run when idle or finished; lets one that drains produce again, with its plan extended if that was done. */
export function start(
  state: SimulatorState,
  given: GivenFigures,
  newRun: () => NewRun,
): Outcome<In<'running'>> {
  if (state.state === 'running')
    return refused('a run is under way: stop it first, or change its rates while it runs');
  if (state.state === 'draining') return goOn(state.run, given);
  const figures = {
    ratePerS: given.rate_per_s ?? RUN_LIMITS.rate_per_s.default,
    displayRatePerS: given.display_rate_per_s ?? RUN_LIMITS.display_rate_per_s.default,
    durationS: given.duration_s ?? RUN_LIMITS.duration_s.default,
  };
  const end = figures.ratePerS * figures.durationS;
  return running({ ...newRun(), ...figures, end, produced: 0, shown: 0 });
}

/** Ends production; what waits is still to be shown. */
export function stop(state: SimulatorState): Outcome<In<'draining'>> {
  switch (state.state) {
    case 'idle':
      return refused('no run is under way');
    case 'running':
      return { ok: true, next: { state: 'draining', run: state.run } };
    case 'draining':
      return refused('production has ended already; what waits is still being shown');
    case 'finished':
      return refused('the run has finished already');
  }
}

/** Leaves the generation with all its runs. */
export function reset(state: SimulatorState): Outcome<In<'idle'>> {
  if (state.state === 'running') return refused('a run is under way: stop it before you reset');
  return { ok: true, next: { state: 'idle' } };
}

/**
 * Changes figures of a run under way, from now on: what is left of its time is produced at the new rate.
 * @param progress how far production is, with the fraction of the next invoice.
 */
export function rates(
  state: SimulatorState,
  given: GivenFigures,
  progress: number,
): Outcome<In<'running' | 'draining'>> {
  if (state.state === 'idle' || state.state === 'finished')
    return refused('no run is under way: give rates and duration when you start one');
  const run = replanned(state.run, given, state.state === 'running' ? progress : state.run.produced);
  if (plannedOf(run) > RUN_LIMITS.planned) return tooMany(run);
  const isDone = state.state === 'draining' || run.produced >= plannedOf(run);
  return { ok: true, next: { state: isDone ? 'draining' : 'running', run } };
}

/** Counts produced invoices; the last one of the plan ends production. */
export function produced(state: SimulatorState, count: number): SimulatorState {
  if (state.state !== 'running') throw new Error(`a simulator that is ${state.state} does not produce`);
  const run = { ...state.run, produced: state.run.produced + count };
  return { state: run.produced >= plannedOf(run) ? 'draining' : 'running', run };
}

/** Counts shown invoices, 0 when there was none to show; once nothing waits and nothing is produced, the run has finished. */
export function shown(state: SimulatorState, count: number, now: number): SimulatorState {
  if (state.state !== 'running' && state.state !== 'draining')
    throw new Error(`a simulator that is ${state.state} does not show`);
  const run = { ...state.run, shown: state.run.shown + count };
  if (state.state === 'draining' && waitingOf(run) === 0) return { state: 'finished', run, endedAt: now };
  return { state: state.state, run };
}

/** The state of a stored run. What it lacked to the next state when its process ended is made up for now. */
export function restored(stored: StoredRun | null, now: number): SimulatorState {
  if (stored === null || stored.state === 'idle') return { state: 'idle' };
  const { state, planned, endedAt, ...rest } = stored;
  const run: Run = { ...rest, end: planned };
  if (state === 'running' && run.produced < planned) return { state, run };
  if (state === 'finished' && waitingOf(run) === 0) return { state, run, endedAt: endedAt ?? now };
  return { state: 'draining', run };
}

/** What is to be stored of a run; null when there is none. */
export function recordOf(state: SimulatorState): InvoiceRunRecord | null {
  if (state.state === 'idle') return null;
  const { end: _end, produced: _produced, shown: _shown, ...figures } = state.run;
  return {
    ...figures,
    state: state.state,
    planned: plannedOf(state.run),
    endedAt: state.state === 'finished' ? state.endedAt : null,
  };
}

function goOn(run: Run, given: GivenFigures): Outcome<In<'running'>> {
  if (run.produced < plannedOf(run)) return running(replanned(run, given, run.produced));
  const figures = withFigures(run, given);
  return running({ ...figures, end: run.produced + figures.ratePerS * figures.durationS });
}

function running(run: Run): Outcome<In<'running'>> {
  if (plannedOf(run) > RUN_LIMITS.planned) return tooMany(run);
  if (plannedOf(run) <= run.produced) {
    const words = `${run.ratePerS} per second for ${run.durationS} s leaves not one invoice to produce`;
    return { ok: false, code: 'invalid_argument', reason: words };
  }
  return { ok: true, next: { state: 'running', run } };
}

/** With other figures; time that has passed counts against the duration. A plan that is done stays done. */
function replanned(run: Run, given: GivenFigures, progress: number): Run {
  const next = withFigures(run, given);
  if (run.produced >= plannedOf(run)) return { ...next, end: run.produced };
  const now = Math.min(progress, run.end);
  const secondsLeft = Math.max(0, (run.end - now) / run.ratePerS + next.durationS - run.durationS);
  return { ...next, end: Math.max(now + secondsLeft * next.ratePerS, run.produced) };
}

function withFigures(run: Run, given: GivenFigures): Run {
  return {
    ...run,
    ratePerS: given.rate_per_s ?? run.ratePerS,
    displayRatePerS: given.display_rate_per_s ?? run.displayRatePerS,
    durationS: given.duration_s ?? run.durationS,
  };
}

function refused(reason: string): Refusal {
  return { ok: false, code: 'conflict', reason };
}

function tooMany(run: Run): Refusal {
  return {
    ok: false,
    code: 'invalid_argument',
    reason: `a run produces at most ${formatCount(RUN_LIMITS.planned)} invoices, and these figures make it ${formatCount(plannedOf(run))}`,
  };
}
