import type { PortfolioListener } from '../projections/portfolios/portfolio-projection.ts';
import { tickersWhileActive, whileActive } from './active-listener.ts';
import type { EngineParts } from './engine-parts.ts';
import { EnvironmentRuntime } from './environment-runtime.ts';
import { priceChoice } from './price-choice.ts';
import { WAITING_LIMIT } from './waiting-limit.ts';

/** Opens an environment, whose feeds are told of its changes while it is the active one. */
export function openRuntime(parts: EngineParts, env: string): Promise<EnvironmentRuntime> {
  const { store, clock, random, log, soon } = parts.with;
  const { batch } = parts.options;
  const isActive = (): boolean => parts.activeEnv === env;
  return EnvironmentRuntime.open({
    env,
    store,
    clock,
    random: random.fork(env),
    ...(soon === undefined ? {} : { soon }),
    log: log.child({ env }),
    limits: { batchEvents: batch.events, lingerMs: batch.lingerMs, waiting: WAITING_LIMIT },
    decimals: parts.currency.decimals,
    demands: () => parts.settings.read().pipeline,
    prices: priceChoice(parts.settings.read(), parts.currency.name, parts.polling.isMocked(env)),
    staleAfter: (source) => parts.polling.staleAfter(source),
    commitLatency: parts.latency,
    listener: whileActive(heldNoticed(parts), isActive),
    tickerListener: tickersWhileActive(
      {
        priceChanged: (symbol, earliest) => parts.changes.priceChanged(symbol, earliest),
        sparkChanged: (symbol) => parts.changes.tickerSparkChanged(symbol),
      },
      isActive,
    ),
    baseCurrency: () => parts.currency.name,
    onInvoices: () => {
      if (isActive()) parts.changes.invoicesChanged();
    },
    onEvents: () => {
      if (isActive()) parts.changes.eventsCounted();
    },
    onWatchlists: (symbols) => {
      if (!isActive()) return;
      parts.changes.watchlistsChanged(symbols);
      parts.polling.wake();
    },
    onWorker: (id) => {
      if (isActive()) parts.changes.serviceChanged(id);
    },
    onStored: (events) => parts.status.stored(events),
    onStoreFailure: (part, error) => parts.watch.report(part, error),
    onForget: (slugs) => {
      parts.upkeep?.redactSoon();
      parts.watch.forget(slugs);
    },
  });
}

/** What portfolios hold may be polled. */
function heldNoticed({ changes, polling }: EngineParts): PortfolioListener {
  return {
    ...changes,
    holdingsReplaced(slug) {
      changes.holdingsReplaced(slug);
      polling.heldChanged();
    },
  };
}
