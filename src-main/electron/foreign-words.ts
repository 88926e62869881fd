import { DEEP_LINK_SCHEME } from './deep-link.ts';

/** Switches of Chromium, Electron and the systems' launchers that people and tools use with a desktop app. */
const SWITCHES: ReadonlySet<string> = new Set([
  '--allow-file-access-from-files',
  '--disable-dev-shm-usage',
  '--disable-features',
  '--disable-gpu',
  '--disable-gpu-compositing',
  '--disable-gpu-sandbox',
  '--disable-renderer-backgrounding',
  '--disable-software-rasterizer',
  '--enable-features',
  '--enable-logging',
  '--enable-sandbox',
  '--force-color-profile',
  '--force-dark-mode',
  '--force-device-scale-factor',
  '--force-prefers-reduced-motion',
  '--force-renderer-accessibility',
  '--gtk-version',
  '--high-dpi-support',
  '--ignore-gpu-blocklist',
  '--inspect',
  '--inspect-brk',
  '--js-flags',
  '--lang',
  '--no-sandbox',
  '--no-zygote',
  '--original-process-start-time',
  '--ozone-platform',
  '--ozone-platform-hint',
  '--password-store',
  '--proxy-server',
  '--remote-debugging-address',
  '--remote-debugging-pipe',
  '--remote-debugging-port',
  '--trace-warnings',
  '--use-angle',
  '--use-gl',
  '--v',
  '--vmodule',
  '--wayland-text-input-version',
]);

/** Says whether a word of the command line is not ours: a switch of the runtime, or a deep link. */
export function isForeignWord(word: string): boolean {
  if (word.toLowerCase().startsWith(`${DEEP_LINK_SCHEME}:`)) return true;
  // A process serial number, which macOS gives to what is started from its desktop.
  return SWITCHES.has(word) || word.startsWith('-psn_');
}

/**
 * The words of the command line after the program and, when not packaged, after the app's folder, before which Electron
 * and its tools put switches of their own.
 */
export function ownArguments(argv: readonly string[], packaged: boolean): readonly string[] {
  if (packaged) return argv.slice(1);
  const app = argv.findIndex((word, index) => index > 0 && !word.startsWith('-'));
  return app === -1 ? [] : argv.slice(app + 1);
}
