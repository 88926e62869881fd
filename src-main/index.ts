import { randomInt } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as electron from 'electron';
import { claimInstance } from './electron/claim-instance.ts';
import { DEEP_LINK_SCHEME, deepLinkIn } from './electron/deep-link.ts';
import { DesktopApp } from './electron/desktop-app.ts';
import { isForeignWord, ownArguments } from './electron/foreign-words.ts';
import { registerPageScheme } from './electron/page-protocol.ts';
import { exportsFolder } from './engine/jobs/job-files.ts';
import { startEngine } from './engine/start-engine.ts';
import { systemClock } from './lib/clock.ts';
import { errorMessage } from './lib/error-message.ts';
import { seededRandom } from './lib/random.ts';
import { APP_VERSION } from './options/app-version.ts';
import type { HostOptions } from './options/host-options.ts';
import { readKeptSettings } from './options/kept-settings.ts';
import { helpText } from './options/options-help.ts';
import { askedToPrint, parseOptions } from './options/parse-options.ts';
import { EXIT, exitCodeOf } from './server/exit-code.ts';
import { hostLog } from './server/host-log.ts';
import { lockDataFolder } from './store/data-folder-lock.ts';

const { app, dialog, protocol } = electron;
const { env, platform, stderr, stdout } = process;
const words = ownArguments(process.argv, app.isPackaged);

function complain(message: string): void {
  stderr.write(`pulsedesk: ${message}\n`);
  // Who started it from a desktop sees no standard error.
  if (app.isPackaged) dialog.showErrorBox('PulseDesk', message);
}

function desktopApp(options: HostOptions): DesktopApp {
  const built = join(import.meta.dirname, '..');
  const resources = join(built, '../resources');
  return new DesktopApp({
    electron,
    options,
    version: APP_VERSION,
    files: {
      preload: join(built, 'preload/index.cjs'),
      pages: join(built, 'renderer'),
      exports: exportsFolder(options.dataFolder),
      icon: join(resources, 'icon.png'),
      tray: join(resources, platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'),
      memory: join(options.dataFolder, 'window.json'),
    },
    platform,
    developmentServer: env['ELECTRON_RENDERER_URL'],
    clock: systemClock,
    random: seededRandom(randomInt(2 ** 31)),
    lock: lockDataFolder,
    openLog: (folder) => hostLog(folder, options.logLevel, systemClock, stderr),
    startEngine,
    startHttp: async (engine, listen, log) => {
      const { startHttpHost } = await import('./server/http-host.ts');
      const { dataFolder } = options;
      return startHttpHost({ engine, listen, version: APP_VERSION, dataFolder, clock: systemClock, log });
    },
    print: (line) => stdout.write(`${line}\n`),
    complain,
    exitCodeOf,
  });
}

function run(options: HostOptions): void {
  if (!claimInstance(app, options.dataFolder)) {
    stderr.write(`pulsedesk: already running on ${options.dataFolder}; it was brought to the front\n`);
    return app.exit(EXIT.folderInUse);
  }
  const desktop = desktopApp(options);
  app.on('second-instance', (_event, argv) => desktop.show(deepLinkIn(argv)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    desktop.show(url);
  });
  app.on('activate', () => desktop.show());
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => desktop.beforeQuit(event));
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, () => app.quit());
  for (const fault of ['uncaughtException', 'unhandledRejection']) {
    process.on(fault, (error) => desktop.fail(error));
  }
  if (app.isPackaged) app.setAsDefaultProtocolClient(DEEP_LINK_SCHEME);
  void desktop.start(deepLinkIn(words));
}

function main(): void {
  const asked = askedToPrint(words);
  if (asked !== null) {
    stdout.write(asked === 'help' ? helpText('npm start --') : `${APP_VERSION}\n`);
    return app.exit(EXIT.ok);
  }
  const surroundings = {
    platform,
    home: homedir(),
    randomSeed: () => randomInt(2 ** 31),
    foreign: isForeignWord,
  };
  try {
    run(parseOptions(words, env, readKeptSettings, surroundings));
  } catch (error) {
    complain(errorMessage(error));
    app.exit(exitCodeOf(error));
  }
}

// Whoever reads our output may go away: that is no reason to end.
for (const output of [stdout, stderr]) output.on('error', () => undefined);
// Electron takes it before it is ready only, so it must not wait for anything.
registerPageScheme(protocol);
main();
