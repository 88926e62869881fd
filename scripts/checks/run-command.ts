import { spawn, type ChildProcess } from 'node:child_process';
import { delimiter, join } from 'node:path';
import type { StepRunner } from './run-steps.ts';
import type { Step, StepResult } from './step.ts';

const ROOT = join(import.meta.dirname, '../..');
const LONGEST_MS = 480_000;
const OUTPUT_LIMIT = 200_000;

/** The environment of every step: the repository's own programs come first, Node 24 among them. */
function environment(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const path = [join(ROOT, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return { ...process.env, ...variables, PATH: path, FORCE_COLOR: '0', NO_COLOR: '1' };
}

/** Ends a step with everything it started: npm would leave the runner behind, and a runner its servers. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!isGone) throw error;
  }
}

function start(
  [program = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): ChildProcess {
  const child = spawn(program, args, {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a group of its own, see killGroup
  });
  const stop = (): void => killGroup(child);
  const timer = setTimeout(stop, LONGEST_MS);
  signal.addEventListener('abort', stop);
  child.on('exit', () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    stop();
  });
  return child;
}

/**
 * Makes a runner of commands, which find `variables` in their environment. Each keeps the last 200,000 characters of its output and is ended after 8 minutes or
 * when `signal` aborts, together with everything it started.
 */
export function commandRunner(signal: AbortSignal, variables: NodeJS.ProcessEnv = {}): StepRunner {
  const env = environment(variables);
  return (step: Step): Promise<StepResult> => {
    const started = performance.now();
    return new Promise((resolve) => {
      let output = '';
      const collect = (chunk: string): void => {
        output = (output + chunk).slice(-OUTPUT_LIMIT);
      };
      const end = (passed: boolean): void => {
        const seconds = (performance.now() - started) / 1000;
        resolve({ step, outcome: passed ? 'passed' : 'failed', seconds, output });
      };
      if (signal.aborted) {
        end(false);
        return;
      }
      const child = start(step.command, env, signal);
      child.stdout?.setEncoding('utf8').on('data', collect);
      child.stderr?.setEncoding('utf8').on('data', collect);
      child.on('error', (error) => {
        collect(`${error.message}\n`);
        end(false);
      });
      child.on('close', (code, killedBy) => {
        if (killedBy !== null) collect(`\nEnded by ${killedBy}.\n`);
        end(code === 0);
      });
    });
  };
}
