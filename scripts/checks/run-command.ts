import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import type { Step, StepResult } from './step.ts';

const ROOT = join(import.meta.dirname, '../..');
const LONGEST_MS = 480_000;
const OUTPUT_LIMIT = 200_000;

/** The environment of every step: the repository's own programs come first, Node 24 among them. */
function environment(): NodeJS.ProcessEnv {
  const path = [join(ROOT, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return { ...process.env, PATH: path, FORCE_COLOR: '0', NO_COLOR: '1' };
}

/** Runs a step's command; keeps the last 200,000 characters it prints; kills it after 8 minutes. */
export function runCommand(step: Step): Promise<StepResult> {
  const started = performance.now();
  const [program = '', ...args] = step.command;
  return new Promise((resolve) => {
    let output = '';
    const collect = (chunk: string): void => {
      output = (output + chunk).slice(-OUTPUT_LIMIT);
    };
    const end = (passed: boolean): void => {
      const seconds = (performance.now() - started) / 1000;
      resolve({ step, outcome: passed ? 'passed' : 'failed', seconds, output });
    };
    const child = spawn(program, args, {
      cwd: ROOT,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST_MS,
      killSignal: 'SIGKILL',
    });
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.on('error', (error) => {
      collect(`${error.message}\n`);
      end(false);
    });
    child.on('close', (code, signal) => {
      if (signal !== null)
        collect(`\nEnded by ${signal} after ${String(Math.round(performance.now() - started))} ms.\n`);
      end(code === 0);
    });
  });
}
