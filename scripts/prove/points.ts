import type { Finding, Point, PointOptions } from './finding.ts';

/** A point at one of its sizes. */
export type SizedPoint = (options: Omit<PointOptions<never>, 'scale'>) => Promise<Finding[]>;

interface PointModule<Scale> {
  run: Point<Scale>;
  /** The size the point asks for. */
  FULL: Scale;
  /** The size that every test run can afford. */
  SHORT: Scale;
}

function entry<Scale>(says: string, load: () => Promise<PointModule<Scale>>) {
  const at =
    (size: 'FULL' | 'SHORT'): SizedPoint =>
    async (options) => {
      const point = await load();
      return point.run({ ...options, scale: point[size] });
    };
  return { says, full: at('FULL'), short: at('SHORT') };
}

/** Every point of proof by its name; a module is loaded only when it is asked for. */
export const POINTS = new Map([
  [
    'portfolios',
    entry('portfolios equal an independent computation', () => import('./points/portfolios.ts')),
  ],
  ['kill', entry('kill -9 at any instant loses and repeats nothing', () => import('./points/kill.ts'))],
  ['outage', entry('a nats-server that was away costs nothing', () => import('./points/outage.ts'))],
  [
    'rejects',
    entry('malformed messages become rejects, and the ledger adds up', () => import('./points/rejects.ts')),
  ],
  ['environments', entry('switching environments mixes nothing', () => import('./points/environments.ts'))],
  [
    'windows',
    entry('windows that come, go or stand still cost nobody anything', () => import('./points/windows.ts')),
  ],
  ['optout', entry('who has opted out is found nowhere', () => import('./points/optout.ts'))],
  ['engine', entry('an engine that dies is back within 2 s', () => import('./points/engine.ts'))],
  ['sharing', entry('of instances that share, one polls for all', () => import('./points/sharing.ts'))],
  ['invoices', entry('kill -9 in a run loses and repeats no invoice', () => import('./points/invoices.ts'))],
  ['money', entry('invoices add up to the cent everywhere', () => import('./points/money.ts'))],
  ['grid', entry('the grid holds still while rows arrive', () => import('./points/grid.ts'))],
  [
    'ledger',
    entry('events of every source are counted once, at any rate', () => import('./points/ledger.ts')),
  ],
  ['intake', entry('what was answered is durable', () => import('./points/intake.ts'))],
  [
    'stages',
    entry('a slowed stage is named, and holds up those before it', () => import('./points/stages.ts')),
  ],
  ['lock', entry('one instance per data folder', () => import('./points/lock.ts'))],
]);
