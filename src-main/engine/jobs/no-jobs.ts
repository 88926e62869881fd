import { ContractError } from '../../../src-contract/result.ts';
import type { FeedSources } from '../../router/feed-source.ts';
import type { Handlers } from '../../router/handlers.ts';

type JobCalls =
  | 'invoices.export'
  | 'import.begin'
  | 'import.part'
  | 'import.check'
  | 'import.apply'
  | 'import.drop'
  | 'job.cancel'
  | 'jobs.list';

/** Handlers of exports, imports and their jobs while there are none: the list is empty, all else is unavailable. */
export function noJobHandlers(): Pick<Handlers, JobCalls> {
  const unavailable = (): never => {
    throw new ContractError('unavailable', 'exports and imports cannot be had in this version');
  };
  return {
    'invoices.export': unavailable,
    'import.begin': unavailable,
    'import.part': unavailable,
    'import.check': unavailable,
    'import.apply': unavailable,
    'import.drop': unavailable,
    'job.cancel': ({ id }) => {
      throw new ContractError('not_found', `there is no job ${JSON.stringify(id)}`);
    },
    'jobs.list': () => ({ items: [] }),
  };
}

/** The feed of jobs while there are none. */
export function noJobFeed(): Pick<FeedSources, 'jobs'> {
  return { jobs: () => ({ head: () => ({ running: 0 }), rows: () => [], row: () => null }) };
}
