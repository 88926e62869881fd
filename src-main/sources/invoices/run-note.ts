import { formatCount } from './format-count.ts';
import { plannedOf, type SimulatorState } from './invoice-run.ts';

/** What a note is made of. */
export interface NoteParts {
  isActive: boolean;
  /** When it went on with this run after its process had ended, in UTC milliseconds, and what was produced by then. */
  resumed: { at: number; produced: number } | null;
  /** Titles of services that were given up. */
  failed: readonly string[];
}

/** What a user should know of a run under way, in words; null when there is nothing. */
export function runNote(state: SimulatorState, { isActive, resumed, failed }: NoteParts): string | null {
  if (state.state !== 'running' && state.state !== 'draining') return null;
  if (!isActive) return 'paused: demo is not the active environment; it goes on when demo is active again';
  if (failed.length > 0)
    return `${failed.join(' and ')} failed too often and was given up: restart it in System`;
  if (resumed === null) return null;
  const time = new Date(resumed.at).toISOString().slice(11, 19);
  const counts = `${formatCount(resumed.produced)} of ${formatCount(plannedOf(state.run))} produced`;
  return `gone on after a restart at ${time} UTC, ${counts}`;
}
