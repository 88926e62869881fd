import { execFileSync, spawnSync } from 'node:child_process';
import { findProgram } from './find-program.ts';
import { chromium, curl, mosquittoPub, natsForC, natsServer, xvfbRun } from './programs.ts';

const PACKAGES: readonly { names: string[]; isThere: () => unknown }[] = [
  { names: ['chromium', 'fonts-liberation'], isThere: chromium },
  { names: ['nats-server'], isThere: natsServer },
  { names: ['xvfb', 'xauth'], isThere: xvfbRun },
  { names: ['curl'], isThere: curl },
  { names: ['mosquitto-clients'], isThere: mosquittoPub },
  { names: ['gcc', 'libc6-dev', 'libnats-dev'], isThere: natsForC },
];

/** How to run a command as the administrator here without being asked for a password; undefined when that is impossible. */
function asAdministrator(): string[] | undefined {
  if (process.getuid?.() === 0) return [];
  const sudo = findProgram(['sudo']);
  return sudo && spawnSync(sudo, ['-n', 'true']).status === 0 ? [sudo, '-n'] : undefined;
}

/** What only saves time is installed beside the others, and only where that can be done. */
function timeSavers(): string[] {
  const simulated = ['-q', 'install', '--simulate', '--no-install-recommends'];
  return ['chromium-headless-shell'].filter(
    (name) => spawnSync('apt-get', [...simulated, name]).status === 0,
  );
}

function run(prefix: readonly string[], command: readonly string[]): void {
  const [program = '', ...args] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', ...command];
  execFileSync(program, args, { stdio: ['ignore', 2, 2] });
}

/**
 * Installs the system packages the tests need where they are missing and this process may; throws an Error that names
 * them where it may not.
 */
export function ensureSystemPackages(): void {
  const missing = PACKAGES.filter(({ isThere }) => !isThere()).flatMap(({ names }) => names);
  if (missing.length === 0) return;
  const prefix = findProgram(['apt-get']) && asAdministrator();
  if (!prefix) {
    throw new Error(
      `The tests need these programs, and they may not be installed from here: ${missing.join(', ')}. ` +
        `On Debian or Ubuntu: sudo apt-get install ${missing.join(' ')}`,
    );
  }
  process.stderr.write(`Installing what the tests need: ${missing.join(', ')}\n`);
  run(prefix, ['apt-get', '-q', 'update']);
  run(prefix, ['apt-get', '-q', 'install', '-y', '--no-install-recommends', ...missing, ...timeSavers()]);
}
