import { ContractError } from '../../src-contract/result.ts';
import type { PipelineSettings } from '../../src-contract/settings.ts';

const DEMANDING = ['transform', 'commit', 'aggregate'] as const;

/** Says whether stages can work with such demand. Throws a ContractError that names the field. */
export function checkPipeline(pipeline: PipelineSettings): void {
  for (const stage of DEMANDING) {
    const { min, max } = pipeline[stage];
    if (min <= max) continue;
    throw new ContractError(
      'invalid_argument',
      `a stage that asks for more below ${min} events cannot have at most ${max}: "min" is at most "max"`,
      { field: `/pipeline/${stage}/min` },
    );
  }
}
