import type { InvoiceRun } from '../../../src-contract/invoice.ts';
import { RUN_LIMITS } from '../../../src-contract/invoice.ts';
import { toTimestamp, toTimestampOrNull } from '../../../src-contract/timestamp.ts';
import { plannedOf, waitingOf, type SimulatorState } from './invoice-run.ts';

/** What a status tells beside the state. Times are UTC milliseconds. */
export interface StatusExtras {
  generation: number;
  /** Number of the newest run, of any generation; 0 before the first. */
  lastRun: number;
  producedPerS: number;
  shownPerS: number;
  undo: { until: number; count: number } | null;
  note: string | null;
}

/** The simulator in the words of the contract. Without a run its figures are those that a run starts with. */
export function toInvoiceRun(state: SimulatorState, extras: StatusExtras): InvoiceRun {
  return {
    state: state.state,
    ...figuresOf(state, extras.lastRun),
    generation: extras.generation,
    ended_at: state.state === 'finished' ? toTimestamp(state.endedAt) : null,
    produced_per_s: extras.producedPerS,
    shown_per_s: extras.shownPerS,
    undo_until: toTimestampOrNull(extras.undo?.until ?? null),
    undo_count: extras.undo?.count ?? 0,
    note: extras.note,
  };
}

function figuresOf(state: SimulatorState, lastRun: number) {
  if (state.state === 'idle') {
    const [rate, duration] = [RUN_LIMITS.rate_per_s.default, RUN_LIMITS.duration_s.default];
    return {
      run: lastRun === 0 ? null : lastRun,
      produced: 0,
      shown: 0,
      waiting: 0,
      planned: rate * duration,
      rate_per_s: rate,
      display_rate_per_s: RUN_LIMITS.display_rate_per_s.default,
      duration_s: duration,
      started_at: null,
    };
  }
  const { run } = state;
  return {
    run: run.run,
    produced: run.produced,
    shown: run.shown,
    waiting: waitingOf(run),
    planned: plannedOf(run),
    rate_per_s: run.ratePerS,
    display_rate_per_s: run.displayRatePerS,
    duration_s: run.durationS,
    started_at: toTimestamp(run.startedAt),
  };
}
