import type { Settings } from '../../src-contract/settings.ts';
import type { FeedSources } from '../router/feed-source.ts';
import type { Clients } from './clients.ts';
import type { EngineStatus } from './engine-status.ts';

/** The feeds about the app itself. */
export function systemFeedSources(readings: {
  status: () => EngineStatus;
  clients: () => Clients;
  settings: () => Settings;
}): Pick<FeedSources, 'status' | 'clients' | 'settings'> {
  const { status, clients, settings } = readings;
  return {
    status: () => ({
      head: () => status().read(),
      rows: () => status().services(),
      row: (id) => status().service(id),
    }),
    clients: () => ({
      head: () => ({ count: clients().count }),
      rows: () => clients().states(),
      row: (id) => clients().state(id),
    }),
    settings: () => ({ head: settings, rows: () => [], row: () => null }),
  };
}
