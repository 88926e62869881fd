import type { Handlers } from '../router/handlers.ts';
import type { EngineParts } from './engine-parts.ts';
import { exportHandlers } from './exports/export-handlers.ts';
import { listPage } from './list-page.ts';
import { importHandlers } from './imports/import-handlers.ts';

type JobCalls =
  | 'job.cancel'
  | 'jobs.list'
  | 'invoices.export'
  | 'import.begin'
  | 'import.part'
  | 'import.check'
  | 'import.apply'
  | 'import.drop';

const DEFAULT_LIMIT = 100;

/** Handlers of jobs, and of what begins them: exports and imports. */
export function jobHandlers(parts: EngineParts): Pick<Handlers, JobCalls> {
  const { jobs, options, runExport, with: surroundings } = parts;
  const { store, clock } = surroundings;
  return {
    'job.cancel': ({ id }) => jobs.cancel(id),
    'jobs.list': ({ limit = DEFAULT_LIMIT, cursor }) => listPage(jobs.jobs, ({ id }) => id, limit, cursor),
    ...exportHandlers({
      dataFolder: options.dataFolder,
      read: (env) => parts.environments.read(env),
      reader: store.jobs,
      jobs,
      run: runExport,
      clock,
    }),
    ...importHandlers({
      imports: parts.imports,
      active: () => parts.active,
      reader: store.jobs,
      jobs,
      publishing: parts.publishing,
      conversion: () => parts.conversion(),
      clock,
    }),
  };
}
