import './check-node.js';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { electronRuntime } from './system/electron-runtime.ts';
import { xvfbRun } from './system/programs.ts';

/** Electron needs a screen; where there is none and a virtual one can be had, the tests run inside that. */
function screen(): string[] {
  const hasScreen = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined;
  const wrapper = hasScreen || electronRuntime() === undefined ? undefined : xvfbRun();
  return wrapper === undefined ? [] : [wrapper, '-a'];
}

const playwright = join(import.meta.dirname, '../node_modules/@playwright/test/cli.js');
const command = [...screen(), process.execPath, playwright, 'test', ...process.argv.slice(2)];
const [program = process.execPath, ...args] = command;
const child = spawn(program, args, { stdio: 'inherit' });
child.on('exit', (code) => (process.exitCode = code ?? 1));
