import { randomInt } from 'node:crypto';
import { startEngine } from './engine/start-engine.ts';
import { systemClock } from './lib/clock.ts';
import { errorMessage } from './lib/error-message.ts';
import { seededRandom } from './lib/random.ts';
import { APP_VERSION } from './options/app-version.ts';
import type { HostOptions } from './options/host-options.ts';
import { readKeptSettings } from './options/kept-settings.ts';
import { helpText } from './options/options-help.ts';
import { askedToPrint, parseOptions } from './options/parse-options.ts';
import { EXIT, exitCodeOf, type ExitCode } from './server/exit-code.ts';
import { startHeadlessApp } from './server/headless-app.ts';
import { hostLog } from './server/host-log.ts';
import { lifeOf } from './server/process-life.ts';
import { lockDataFolder } from './store/data-folder-lock.ts';

const { argv, env, stderr, stdout } = process;

function say(words: string): void {
  stderr.write(`pulsedesk: ${words}\n`);
}

async function run(options: HostOptions): Promise<ExitCode> {
  const app = startHeadlessApp({
    options,
    version: APP_VERSION,
    clock: systemClock,
    random: seededRandom(randomInt(2 ** 31)),
    lock: lockDataFolder,
    openLog: (folder) => hostLog(folder, options.logLevel, systemClock, stderr),
    startEngine,
    loadHttp: () => import('./server/http-host.ts'),
  });
  const ended = lifeOf({ app, clock: systemClock, process, say });
  const refused = app.started.then(
    ({ url }) => {
      stdout.write(`${JSON.stringify({ ready: true, url, pid: process.pid })}\n`);
      return ended;
    },
    async (error: unknown) => {
      app.log?.error('could not start', { error });
      say(errorMessage(error));
      await app.stop().catch((reason: unknown) => say(errorMessage(reason)));
      return exitCodeOf(error);
    },
  );
  return Promise.race([ended, refused]);
}

async function main(words: readonly string[]): Promise<ExitCode> {
  const asked = askedToPrint(words);
  if (asked !== null) {
    stdout.write(asked === 'help' ? helpText('npm run serve --') : `${APP_VERSION}\n`);
    return EXIT.ok;
  }
  try {
    return await run(parseOptions(words, env, readKeptSettings));
  } catch (error) {
    say(errorMessage(error));
    return exitCodeOf(error);
  }
}

// Whoever reads our output may go away: that is no reason to end, nor one to say so to nobody.
for (const output of [stdout, stderr]) output.on('error', () => undefined);

process.exit(await main(argv.slice(2)));
