import type { PipelineState, Stage } from '../../../../src-contract/analytics.ts';
import { formatCounted } from '../../../ui/number-format.ts';

/** Which stage holds the pipeline up, since when and why, in a sentence; `clock` writes the moment. */
export function bottleneckWords(
  bottleneck: PipelineState['bottleneck'],
  stages: readonly Stage[],
  clock: (at: string) => string,
): string {
  if (bottleneck === null) return 'Nothing holds the pipeline up.';
  const title = stages.find(({ id }) => id === bottleneck.stage)?.title ?? bottleneck.stage;
  return `${title} holds the pipeline up since ${clock(bottleneck.since)}: ${bottleneck.why}`;
}

/** How the connected windows keep up, in words. */
export function windowsWords({ open, waiting }: PipelineState['windows']): string {
  if (open === 0) return 'none open';
  if (waiting === 0) return 'all have drawn their last frame';
  return `${formatCounted(waiting, 'has', 'have')} not drawn the last frame`;
}
