import { STAGE_IDS, type StageId } from '../../src-contract/analytics.ts';
import type { CallArgs } from '../../src-contract/channels.ts';
import { ContractError } from '../../src-contract/result.ts';
import type { PortfolioRegistry } from '../projections/portfolios/portfolio-registry.ts';
import type { RunningSources } from './running-sources.ts';

/** What drills break. */
export interface DrillTargets {
  registry: () => PortfolioRegistry;
  sources: RunningSources;
  /** Slows each batch of a stage by so many milliseconds; 0 lifts it. */
  slowStage: (stage: StageId, ms: number) => void;
  /** Ends the engine's thread as a crash would, once its drill is audited. */
  crashEngine: () => void;
}

/** By how much a stage is slowed where nothing is said, in milliseconds. */
const DEFAULT_SLOW_MS = 50;

/** Thrown into what a drill breaks. */
export class DrillFailure extends Error {
  constructor() {
    super('stopped on purpose by a fault drill');
    this.name = 'DrillFailure';
  }
}

/**
 * Breaks something on purpose: a portfolio's worker, which then fails at every start until it is restarted by hand; a
 * source, once: the demo feed, or the poller of the stock API; or the engine's thread. Or slows a stage of the pipeline until
 * that is lifted.
 */
export function runDrill(
  { drill, slug, source = 'demo', stage, slow_ms: slowMs = DEFAULT_SLOW_MS }: CallArgs<'drill.run'>,
  targets: DrillTargets,
): void {
  if (drill === 'stop_engine') return targets.crashEngine();
  if (drill === 'crash_source') return targets.sources.fail(source, new DrillFailure());
  if (drill === 'slow_stage') {
    if (stage !== undefined) return targets.slowStage(stage, slowMs);
    throw new ContractError('invalid_argument', `"stage" is missing: one of ${STAGE_IDS.join(', ')}`, {
      field: '/stage',
    });
  }
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
