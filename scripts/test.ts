import './check-node.js';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { COVERED_FOLDERS } from './checks/covered-folders.ts';
import { reportProgress } from './checks/report-progress.ts';
import { commandRunner } from './checks/run-command.ts';
import { runSteps } from './checks/run-steps.ts';
import type { Step, StepResult } from './checks/step.ts';
import { summary } from './checks/summary.ts';
import { testCounts, type TestCounts } from './checks/test-counts.ts';
import { untilInterrupted } from './checks/until-interrupted.ts';
import { makeWorkingFolder } from './checks/working-folder.ts';
import { ensureSystemPackages } from './system/required-packages.ts';

const REPORTS = join(import.meta.dirname, '../test-results');
const AT_A_TIME = 2;

const npm = (script: string, ...more: string[]): string[] => [
  'npm',
  'run',
  '--silent',
  script,
  '--',
  ...more,
];

function vitest(name: string, script: string, ...more: string[]): Step {
  const report = join(REPORTS, `${name}.json`);
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  return { name, command: npm(script, ...reporters, ...more), report, alone: true };
}

// Lint takes longest of all that measures nothing: the others go on beside it.
const steps: readonly Step[] = [
  { name: 'lint', command: npm('lint') },
  { name: 'build', command: npm('build') },
  { name: 'format', command: npm('format:check') },
  { name: 'layers', command: npm('layers') },
  { name: 'dead code', command: npm('deadcode') },
  { name: 'types', command: npm('types') },
  // To count lines takes half as long again: only where they are asked for.
  vitest('coverage', 'unit', '--coverage', ...COVERED_FOLDERS),
  vitest('unit', 'unit', '--project=component', ...COVERED_FOLDERS.map((folder) => `--exclude=${folder}/**`)),
  { ...vitest('integration', 'integration'), needs: 'build' },
  { name: 'e2e', command: npm('e2e'), report: join(REPORTS, 'e2e.json'), alone: true, needs: 'build' },
];

function countsOf(results: readonly StepResult[]): Map<string, TestCounts> {
  const counts = new Map<string, TestCounts>();
  for (const { step } of results) {
    if (step.report !== undefined && existsSync(step.report)) {
      counts.set(step.name, testCounts(readFileSync(step.report, 'utf8')));
    }
  }
  return counts;
}

async function runAll(): Promise<StepResult[]> {
  const folder = makeWorkingFolder();
  try {
    const run = commandRunner(untilInterrupted(), folder.variables);
    return await runSteps(steps, AT_A_TIME, run, reportProgress);
  } finally {
    folder.remove();
  }
}

async function main(): Promise<boolean> {
  ensureSystemPackages();
  rmSync(REPORTS, { recursive: true, force: true });
  const started = performance.now();
  const results = await runAll();
  console.log(`\n${summary(results, countsOf(results), (performance.now() - started) / 1000)}`);
  return results.every(({ outcome }) => outcome === 'passed');
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
