import type { Handlers } from '../router/handlers.ts';
import type { EngineParts } from './engine-parts.ts';
import { eventHandlers } from './events/event-handlers.ts';
import { DrillFailure } from './fault-drills.ts';
import { controlHandlers } from './invoices/control-handlers.ts';
import { issueInvoice } from './invoices/issue-invoice.ts';
import { invoiceHandlers } from './invoices/invoice-handlers.ts';
import { jobHandlers } from './job-handlers.ts';
import { pollingHandlers } from './polling/polling-handlers.ts';
import { portfolioHandlers } from './portfolio-handlers.ts';
import { settingsChanged } from './settings-effects.ts';
import { withStoreRefusals } from './store-refusals.ts';
import { systemHandlers } from './system-handlers.ts';
import { tickerHandlers } from './tickers/ticker-handlers.ts';
import { watchlistHandlers } from './tickers/watchlist-handlers.ts';

/** What answers every query and command. */
export function engineHandlers(parts: EngineParts): Handlers {
  const { store, clock, random, crash } = parts.with;
  const { polling, changes, orders, simulator } = parts;
  const read = (env: string | undefined) => parts.environments.read(env);
  return withStoreRefusals({
    ...portfolioHandlers({ read, reader: store.screens, context: (env) => parts.viewContext(env) }),
    ...tickerHandlers({
      read,
      reader: store.screens,
      context: (runtime) => parts.quoteContext(runtime),
      served: () => polling.knownSymbols(),
    }),
    ...watchlistHandlers({ active: () => parts.active, read, clock, random: random.fork('watchlists') }),
    ...pollingHandlers({
      polling,
      reader: store.screens,
      activeEnv: () => parts.activeEnv,
      clock,
      onFaults: () => changes.pollingChanged(),
    }),
    ...invoiceHandlers({
      read,
      reader: store.screens,
      orders,
      clock,
      conversion: () => parts.conversion(),
    }),
    ...issueInvoice({
      active: () => parts.active,
      reader: store.jobs,
      publishing: parts.publishing,
      baseCurrency: () => parts.currency.name,
      clock,
    }),
    ...controlHandlers(simulator),
    ...eventHandlers(parts),
    ...jobHandlers(parts),
    ...systemHandlers({
      environments: parts.environments,
      services: parts.services,
      settings: parts.settings,
      reader: store.screens,
      status: parts.status,
      invoices: () => simulator.status,
      drills: {
        registry: () => parts.active.projection.registry,
        sources: parts.sources,
        slowStage: (stage, ms) => parts.active.stages.slow(stage, ms),
        crashEngine: () => {
          // Not at once: who asked for it is audited when this has returned, and would be lost with the thread.
          clock.after(0, () => void parts.audits.settled().then(() => crash(new DrillFailure())));
        },
      },
      onSettings: (patch) => settingsChanged(parts, patch),
    }),
  });
}
