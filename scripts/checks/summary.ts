import type { StepResult } from './step.ts';
import type { TestCounts } from './test-counts.ts';

const clock = (seconds: number): string => `${seconds.toFixed(1)} s`;

function table(results: readonly StepResult[], seconds: number): string[] {
  const rows = results.map(({ step, outcome, seconds: own }) => [step.name, outcome, clock(own)]);
  return [['check', 'result', 'time'], ...rows, ['together', '', clock(seconds)]].map(
    ([name = '', outcome = '', time = '']) => `${name.padEnd(14)}${outcome.padEnd(10)}${time.padStart(9)}`,
  );
}

/** A check that failed with no failed test to show for it (format, lint, a crash) counts as one failure. */
function silentFailures(results: readonly StepResult[], counts: ReadonlyMap<string, TestCounts>): number {
  return results.filter(
    ({ step, outcome }) => outcome !== 'passed' && (counts.get(step.name)?.failed ?? 0) === 0,
  ).length;
}

/**
 * What closes a run: a table of the checks with their times, and as the last line the sum of all tests. `counts` maps
 * the names of those steps that run tests; `seconds` is what the whole run took.
 */
export function summary(
  results: readonly StepResult[],
  counts: ReadonlyMap<string, TestCounts>,
  seconds: number,
): string {
  const sum = (key: keyof TestCounts): number =>
    [...counts.values()].reduce((total, count) => total + count[key], 0);
  const failed = sum('failed') + silentFailures(results, counts);
  const last = `${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped`;
  return [...table(results, seconds), '', last].join('\n');
}
