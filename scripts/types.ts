import './check-node.js';
import { reportProgress } from './checks/report-progress.ts';
import { commandRunner } from './checks/run-command.ts';
import { runSteps } from './checks/run-steps.ts';
import type { Step } from './checks/step.ts';
import { untilInterrupted } from './checks/until-interrupted.ts';

const AT_A_TIME = 2;

const code = (name: string): Step => ({ name, command: ['tsc', '-p', `tsconfig.${name}.json`] });
const components = (name: string): Step => ({
  name,
  command: ['svelte-check', '--tsconfig', `tsconfig.${name}.json`, '--output', 'human', '--fail-on-warnings'],
});

/** One program per process, so that Node's types stay out of the page and the page's out of the engine. */
const steps = [
  components('component'),
  code('main'),
  components('renderer'),
  code('tools'),
  code('contract'),
  code('preload'),
];

const results = await runSteps(steps, AT_A_TIME, commandRunner(untilInterrupted()), reportProgress);
if (results.some(({ outcome }) => outcome !== 'passed')) process.exitCode = 1;
