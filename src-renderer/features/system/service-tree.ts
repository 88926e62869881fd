import type { Service, ServiceCounts, ServiceStateName } from '../../../src-contract/system.ts';
import type { Tone } from '../../ui/tone.ts';

/** A branch of the service tree. */
export interface ServiceBranch {
  group: string;
  title: string;
  /** Those that need a look first, then by title. */
  services: Service[];
  /** How many are not running as they should. */
  troubled: number;
}

const TITLES: Record<string, string> = {
  sources: 'Sources',
  store: 'Store',
  projections: 'Projections',
  invoices: 'Invoice simulator',
  engine: 'Engine',
  portfolios: 'Portfolio workers',
};
const ORDER = Object.keys(TITLES);
const URGENCY: Record<ServiceStateName, number> = {
  failed: 0,
  backing_off: 1,
  starting: 2,
  stopped: 3,
  running: 3,
};

/** Tone and words of a service's state. */
export const SERVICE_STATES: Record<ServiceStateName, { tone: Tone; words: string }> = {
  starting: { tone: 'busy', words: 'Starting' },
  running: { tone: 'ok', words: 'Running' },
  backing_off: { tone: 'warn', words: 'Restarting' },
  failed: { tone: 'fail', words: 'Failed' },
  stopped: { tone: 'off', words: 'Stopped' },
};

/** Whether a service needs a look: it failed, or is being restarted. */
export function isTroubled({ state }: Service): boolean {
  return state === 'failed' || state === 'backing_off';
}

/** The services as a tree: known groups in their order, others behind them. */
export function serviceTree(services: Iterable<Service>): ServiceBranch[] {
  const groups = Map.groupBy(services, ({ group }) => group);
  const place = (group: string): number => (ORDER.includes(group) ? ORDER.indexOf(group) : ORDER.length);
  return [...groups]
    .sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b))
    .map(([group, members]) => ({
      group,
      title: TITLES[group] ?? group,
      services: members.sort((a, b) => URGENCY[a.state] - URGENCY[b.state] || a.title.localeCompare(b.title)),
      troubled: members.filter(isTroubled).length,
    }));
}

/** The services that are marked failed, in the order of their titles: they stay so until somebody restarts them. */
export function failedServices(services: Iterable<Service>): Service[] {
  return [...services]
    .filter(({ state }) => state === 'failed')
    .sort((a, b) => a.title.localeCompare(b.title));
}

/** How many services run without being listed: workers of portfolios that never failed. */
export function unlisted(counts: ServiceCounts, listed: number): number {
  const all = counts.starting + counts.running + counts.backing_off + counts.failed + counts.stopped;
  return Math.max(0, all - listed);
}
