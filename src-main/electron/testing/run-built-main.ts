import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { ElectronDouble } from './electron-double.ts';

const DOUBLE = 'electron-double:main';
const KEY = 'pulsedeskElectronDouble';

const NAMES = [
  'app',
  'BrowserWindow',
  'dialog',
  'ipcMain',
  'Menu',
  'nativeImage',
  'nativeTheme',
  'protocol',
  'safeStorage',
  'screen',
  'session',
  'shell',
  'Tray',
] as const;

/** Node's own `import`, untouched by the test runner: a module made of data is loaded as it is. */
const native = (await import(
  `data:text/javascript,${encodeURIComponent('export const load = (url) => import(url)')}`
)) as { load(url: string): Promise<unknown> };

let runs = 0;

/**
 * Runs the built main bundle with `electron` replaced by a double: the entry is evaluated anew each time, as in a new
 * process. `args` follow the program and the app's folder on the command line.
 */
export async function runBuiltMain(
  file: string,
  double: ElectronDouble,
  args: readonly string[],
): Promise<void> {
  const globals = globalThis as Record<string, unknown>;
  globals[KEY] = double.electron;
  const exported = NAMES.map((name) => `export const ${name} = electron.${name};`).join('\n');
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron' ? { url: `${DOUBLE}?${runs}`, shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url.startsWith(DOUBLE)
        ? { format: 'module', source: `const electron = globalThis.${KEY};\n${exported}`, shortCircuit: true }
        : next(url, context),
  });
  const argv = process.argv;
  process.argv = ['electron', '--no-sandbox', '.', ...args];
  runs += 1;
  try {
    await native.load(`${pathToFileURL(file).href}?run=${runs}`);
  } finally {
    process.argv = argv;
    hooks.deregister();
  }
}
