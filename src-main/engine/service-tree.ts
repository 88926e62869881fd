import type { Service, ServiceCounts } from '../../src-contract/system.ts';
import { toTimestamp, toTimestampOrNull } from '../../src-contract/timestamp.ts';
import { MOCK_SERVICE } from './polling/mock-service.ts';
import type { ServiceState } from '../lib/service.ts';

/** Portfolio workers listed one by one: those that ever failed, at most this many. */
const MAX_LISTED_WORKERS = 150;

/** Groups of the service tree by id. */
const GROUPS: Record<string, string> = {
  nats: 'sources',
  stocks: 'sources',
  [MOCK_SERVICE]: 'sources',
  demo: 'sources',
  'invoice-coordinator': 'invoices',
  'invoice-producer': 'invoices',
  'invoice-display': 'invoices',
  upkeep: 'store',
};

/** A state as it came, with the time it was announced (UTC milliseconds): some states do not carry one. */
export interface SeenState {
  state: ServiceState;
  seenAt: number;
}

/** A service in the words of the contract. */
export function toService({ state, seenAt }: SeenState): Service {
  return {
    id: state.id,
    title: state.title,
    group: state.id.startsWith('portfolio:') ? 'portfolios' : (GROUPS[state.id] ?? 'engine'),
    state: state.state,
    since: toTimestamp('since' in state ? state.since : seenAt),
    restarts: state.restarts,
    restart_at: toTimestampOrNull('until' in state ? state.until : null),
    last_error: state.lastError?.message ?? null,
    last_error_at: toTimestampOrNull(state.lastError?.at ?? null),
  };
}

/** What the tree shows: every service of the engine, and the workers that ever failed, failed ones first. */
export function listedServices(engine: readonly SeenState[], workers: readonly SeenState[]): SeenState[] {
  const troubled = workers
    .filter(({ state }) => isTroubled(state))
    .sort((a, b) => Number(b.state.state === 'failed') - Number(a.state.state === 'failed'))
    .slice(0, MAX_LISTED_WORKERS);
  return [...engine, ...troubled];
}

/** Whether a worker is listed on its own. */
export function isTroubled(state: ServiceState): boolean {
  return state.state !== 'running' || state.restarts > 0;
}

/** How many services are in each state. */
export function serviceCounts(states: readonly SeenState[]): ServiceCounts {
  const counts: ServiceCounts = { starting: 0, running: 0, backing_off: 0, failed: 0, stopped: 0 };
  for (const { state } of states) counts[state.state]++;
  return counts;
}
