import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../../src-contract/settings.ts';
import { silentLog, type Log, type LogFields } from '../../lib/log.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { startDesktopShell, type DesktopShell, type ShellFiles } from '../desktop-shell.ts';
import { registerPageScheme } from '../page-protocol.ts';
import { buildPreload } from './build-preload.ts';
import type { DoubleWindow } from './double-window.ts';
import { ElectronDouble } from './electron-double.ts';
import { EngineDouble } from './engine-double.ts';

/** The files a shell needs, in a folder of their own: stand-ins for pages and icons, and the real preload script. */
export class ShellFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'pulsedesk-shell-'));
  readonly files: ShellFiles = {
    preload: join(this.path, 'preload.cjs'),
    pages: join(this.path, 'pages'),
    exports: '/nowhere/exports',
    icon: join(this.path, 'icon.png'),
    tray: join(this.path, 'tray.png'),
    memory: join(this.path, 'data', 'window.json'),
  };

  /** Puts the files there. */
  async fill(): Promise<void> {
    mkdirSync(this.files.pages);
    writeFileSync(join(this.files.pages, 'index.html'), '<!doctype html>');
    for (const icon of [this.files.icon, this.files.tray]) writeFileSync(icon, '');
    await buildPreload(this.path);
  }

  /** Forgets where the windows were. */
  forget(): void {
    rmSync(join(this.path, 'data'), { recursive: true, force: true });
  }

  /** Removes everything. */
  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** A shell on doubles, with what a test looks at. */
export interface ShellUnderTest {
  double: ElectronDouble;
  engine: EngineDouble;
  clock: VirtualClock;
  shell: DesktopShell;
  settings: Settings[];
  warnings: LogFields[];
  /** The window opened at place `index`. */
  window(index?: number): DoubleWindow;
}

/** What can differ between the shells of tests. */
export interface StartShell {
  link?: string;
  packaged?: boolean;
  engine?: EngineDouble;
}

/** Starts a shell and waits until its first page is there. */
export async function startShell(
  files: ShellFiles,
  { link, packaged = true, engine = new EngineDouble() }: StartShell = {},
): Promise<ShellUnderTest> {
  const double = new ElectronDouble({ packaged });
  const clock = new VirtualClock();
  const settings: Settings[] = [];
  const warnings: LogFields[] = [];
  const log: Log = { ...silentLog, warn: (message, fields) => warnings.push({ message, ...fields }) };
  registerPageScheme(double.electron.protocol);
  double.becomeReady();
  const shell = startDesktopShell(
    {
      electron: double.electron,
      engine,
      files,
      platform: 'linux',
      developmentServer: undefined,
      clock,
      log,
      onSettings: (next) => settings.push(next),
    },
    link,
  );
  await double.settled();
  const window = (index = 0): DoubleWindow => {
    const found = double.windows[index];
    if (found === undefined) throw new Error(`there is no window ${index}`);
    return found;
  };
  return { double, engine, clock, shell, settings, warnings, window };
}
