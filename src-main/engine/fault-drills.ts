import type { CallArgs } from '../../src-contract/channels.ts';
import { ContractError } from '../../src-contract/result.ts';
import type { PortfolioRegistry } from '../projections/portfolios/portfolio-registry.ts';
import type { RunningSources } from './running-sources.ts';

/** What drills break. */
export interface DrillTargets {
  registry: () => PortfolioRegistry;
  sources: RunningSources;
  /** Ends the engine's thread as a crash would. */
  crashEngine: () => void;
}

/** Thrown into what a drill breaks. */
class DrillFailure extends Error {
  constructor() {
    super('stopped on purpose by a fault drill');
    this.name = 'DrillFailure';
  }
}

/**
 * Breaks something on purpose: a portfolio's worker, which then fails at every start until it is restarted by hand; a
 * source, once: the demo feed, or the poller of the stock API; or the engine's thread.
 */
export function runDrill(
  { drill, slug, source = 'demo' }: CallArgs<'drill.run'>,
  targets: DrillTargets,
): void {
  if (drill === 'stop_engine') return targets.crashEngine();
  if (drill === 'crash_source') return targets.sources.fail(source, new DrillFailure());
  const registry = targets.registry();
  const [first] = registry.slugs();
  const chosen = slug ?? first;
  if (chosen === undefined || registry.get(chosen) === undefined) {
    throw new ContractError(
      'not_found',
      slug === undefined ? 'no portfolio is shared' : `portfolio ${slug} is not shared`,
    );
  }
  registry.breakWorker(chosen);
}
