import './check-node.js';
import { developDesktop } from './develop/develop-desktop.ts';
import { developHeadless } from './develop/develop-headless.ts';
import { electronRuntime } from './system/electron-runtime.ts';

const runtime = electronRuntime();
const args = process.argv.slice(2);

if (runtime === undefined) {
  process.stderr.write('No Electron runtime here: developing with the headless host and a browser.\n');
  await developHeadless(args);
} else {
  developDesktop(runtime, args);
}
