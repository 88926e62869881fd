import type { FeedSources } from '../../router/feed-source.ts';
import type { JobList } from './job-list.ts';

/** The feed of the list of jobs. */
export function jobFeedSource(jobs: () => JobList): Pick<FeedSources, 'jobs'> {
  return {
    jobs: () => ({
      head: () => ({ running: jobs().running }),
      rows: () => jobs().jobs,
      row: (id) => jobs().find(id),
    }),
  };
}
