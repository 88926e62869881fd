import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

const PROBE_MS = 1500;

/** Why a runtime cannot be started, found out by asking for its version; null when it can. Takes 1.5 s at most. */
export function whyNotRunnable(path: string): string | null {
  const { status, error, stderr } = spawnSync(path, ['--version'], {
    // As plain Node it needs neither display nor sandbox, but all of its libraries.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeout: PROBE_MS,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
  });
  if (status === 0) return null;
  const words = error?.message ?? stderr.split('\n')[0] ?? '';
  return `the Electron runtime does not start: ${words === '' ? `it ended with ${status}` : words}`;
}

/** Runs the desktop app of folder `root` until it ends; passes signals on to it, and answers its exit code. */
export async function runElectron(path: string, root: string, options: readonly string[]): Promise<number> {
  const { ELECTRON_RUN_AS_NODE: _, ...variables } = process.env;
  // Chromium refuses to run as root with its sandbox.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(path, [...sandbox, root, ...options], { env: variables, stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to both, and a second one would mean: at once.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}
