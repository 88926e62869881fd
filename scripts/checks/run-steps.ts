import type { Step, StepResult } from './step.ts';

/** Runs one step to its end; never rejects. */
export type StepRunner = (step: Step) => Promise<StepResult>;

function mayStart(next: Step, running: ReadonlySet<Step>, width: number): boolean {
  if (running.size === 0) return true;
  return running.size < width && next.alone !== true && [...running].every((step) => step.alone !== true);
}

/**
 * Runs `steps` in their order, at most `width` at a time, those marked `alone` by themselves. A failed step stops only
 * those that need it. `onEnd` hears of each as it ends; the answer is in the order of `steps`.
 */
export async function runSteps(
  steps: readonly Step[],
  width: number,
  run: StepRunner,
  onEnd: (result: StepResult) => void,
): Promise<StepResult[]> {
  const running = new Map<Step, Promise<void>>();
  const results = new Map<string, StepResult>();
  const settle = (result: StepResult): void => {
    running.delete(result.step);
    results.set(result.step.name, result);
    onEnd(result);
  };
  const isPossible = async (step: Step): Promise<boolean> => {
    if (step.needs === undefined) return true;
    for (const [other, end] of running) if (other.name === step.needs) await end;
    return results.get(step.needs)?.outcome === 'passed';
  };
  for (const step of steps) {
    while (!mayStart(step, new Set(running.keys()), width)) await Promise.race(running.values());
    if (await isPossible(step)) running.set(step, run(step).then(settle));
    else
      settle({
        step,
        outcome: 'not run',
        seconds: 0,
        output: `It needs "${step.needs ?? ''}", which did not pass.`,
      });
  }
  await Promise.all(running.values());
  return steps.flatMap((step) => results.get(step.name) ?? []);
}
