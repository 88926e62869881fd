import { DEMO_ENVIRONMENT } from '../../src-contract/environment.ts';
import { hideInAudit } from '../../src-contract/hidden-slug.ts';
import type { InvoiceRun } from '../../src-contract/invoice.ts';
import { ContractError } from '../../src-contract/result.ts';
import type { SettingsPatch } from '../../src-contract/settings.ts';
import type { Supervisor } from '../lib/supervisor.ts';
import type { Handlers } from '../router/handlers.ts';
import type { Remote, ReaderPort } from '../store/port.ts';
import type { EngineStatus } from './engine-status.ts';
import type { Environments } from './environments.ts';
import { runDrill, type DrillTargets } from './fault-drills.ts';
import type { SettingsStore } from './settings-store.ts';

const DEFAULT_LIMIT = 100;

/** What the handlers about the app itself work with. */
export interface SystemHandlerOptions {
  environments: Environments;
  services: Supervisor;
  settings: SettingsStore;
  reader: Pick<Remote<ReaderPort>, 'audit'>;
  status: EngineStatus;
  /** The simulator's run. */
  invoices: () => InvoiceRun;
  drills: DrillTargets;
  onSettings: (patch: SettingsPatch) => void;
}

type SystemCalls =
  | 'system.status'
  | 'audit.list'
  | 'environment.set'
  | 'service.restart'
  | 'settings.get'
  | 'settings.set'
  | 'drill.run';

/** Handlers of the queries and commands about the app itself. */
export function systemHandlers(options: SystemHandlerOptions): Pick<Handlers, SystemCalls> {
  const { environments, settings, reader } = options;
  return {
    'system.status': () => ({
      ...options.status.read(),
      invoices: options.invoices(),
      services: options.status.services(),
    }),
    'audit.list': async ({ limit, cursor }) => {
      // Before it is read: what opts out later may still be named.
      const leaving = (await environments.loaded()).map((runtime) => runtime.leaving());
      const page = await reader.audit(limit ?? DEFAULT_LIMIT, cursor ?? null);
      const isLeaving = (slug: string) => leaving.some((slugs) => slugs.has(slug));
      return { ...page, items: page.items.map((entry) => hideInAudit(entry, isLeaving)) };
    },
    'environment.set': async ({ name }) => {
      await environments.activate(name);
      return { env: name };
    },
    'service.restart': async ({ id }) => {
      await restartService(options, id);
      return { done: true };
    },
    'settings.get': () => settings.read(),
    'settings.set': async (patch) => {
      const changed = await settings.patch(patch);
      options.onSettings(patch);
      return changed;
    },
    'drill.run': (drill) => {
      if (environments.active.env !== DEMO_ENVIRONMENT) {
        throw new ContractError('conflict', 'fault drills run only while the demo environment is active');
      }
      runDrill(drill, options.drills);
      return { done: true };
    },
  };
}

async function restartService({ services, environments }: SystemHandlerOptions, id: string): Promise<void> {
  if (services.get(id) !== undefined) return services.restart(id);
  const { workers, projection } = environments.active;
  if (workers.get(id) === undefined)
    throw new ContractError('not_found', `there is no service ${JSON.stringify(id)}`);
  projection.registry.repair(id);
  return workers.restart(id);
}
