import type { StepResult } from './step.ts';

/** Says how a step ended, and of one that failed everything it printed. */
export function reportProgress({ step, outcome, seconds, output }: StepResult): void {
  console.log(`${outcome.padEnd(8)} ${step.name} (${seconds.toFixed(1)} s)`);
  if (outcome !== 'passed')
    console.log(`--- ${step.name} ---\n${output.trimEnd()}\n--- end of ${step.name} ---`);
}
