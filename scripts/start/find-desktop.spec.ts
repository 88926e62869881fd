import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDesktop } from './find-desktop.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsedesk-electron-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const find = (variables: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux') =>
  findDesktop(platform, variables, folder);

function install(): string {
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'electron'), '');
  return join(folder, 'dist', 'electron');
}

describe('findDesktop', () => {
  it('finds an installed runtime where there is a display of either kind', () => {
    const path = install();
    expect(find({ DISPLAY: ':0' })).toEqual({ path });
    expect(find({ WAYLAND_DISPLAY: 'wayland-0' })).toEqual({ path });
  });

  it('finds none without a display on Linux, and would not fetch one', () => {
    install();
    const none = { reason: expect.stringContaining('no display') as string, fetchable: false };
    expect(find({})).toEqual(none);
    expect(find({ DISPLAY: '' })).toEqual(none);
  });

  it('needs no such variable elsewhere', () => {
    const path = install();
    expect(find({}, 'darwin')).toEqual({ path });
  });

  it('would fetch one where none is installed', () => {
    expect(find({ DISPLAY: ':0' })).toMatchObject({ fetchable: true });
  });

  it('would not fetch another than the one that was named', () => {
    install();
    const named = { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' };
    expect(find(named)).toMatchObject({
      reason: expect.stringContaining('/nowhere') as string,
      fetchable: false,
    });
  });
});
