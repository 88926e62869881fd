import type { Stage } from '../../src-contract/analytics.ts';
import type { MetricFigure } from './metric-figure.ts';

/** The figures of the stages of the pipeline. */
export function stageFigures(stages: readonly Stage[]): MetricFigure[] {
  const each = (name: string, help: string, read: (stage: Stage) => number | null): MetricFigure => ({
    kind: name.endsWith('_total') ? 'counter' : 'gauge',
    name: `stage_${name}`,
    help,
    samples: stages.flatMap((stage) => {
      const value = read(stage);
      return value === null ? [] : [[value, { stage: stage.id }] as const];
    }),
  });
  return [
    each('queue_size', 'Events that wait before a stage of the pipeline', ({ queue }) => queue.size),
    each('queue_limit', 'Most events that may wait before it', ({ queue }) => queue.limit),
    each('queue_high_water', 'Most events that have waited before it', ({ queue }) => queue.high_water),
    each('in_total', 'Events that went into it since the engine started', (stage) => stage.in),
    each('out_total', 'Events that came out of it since the engine started', ({ out }) => out),
    each('rejected_total', 'Events that it rejected since the engine started', ({ rejected }) => rejected),
    each('busy_ratio', 'Share of the last 5 s in which it worked, 0 to 1', ({ busy }) => busy),
    each(
      'batch_p95_seconds',
      'How long it takes for a batch, 95th percentile; absent before the first',
      ({ p95_us: p95 }) => (p95 === null ? null : p95 / 1e6),
    ),
  ];
}
