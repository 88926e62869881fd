import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultDataFolder } from './data-folder.ts';

describe('defaultDataFolder', () => {
  it.each([
    ['linux', {}, ['home', '.local', 'share', 'PulseDesk']],
    ['linux', { XDG_DATA_HOME: 'xdg' }, ['xdg', 'PulseDesk']],
    ['linux', { XDG_DATA_HOME: '' }, ['home', '.local', 'share', 'PulseDesk']],
    ['darwin', { XDG_DATA_HOME: 'xdg' }, ['home', 'Library', 'Application Support', 'PulseDesk']],
    ['win32', { APPDATA: 'roaming' }, ['roaming', 'PulseDesk']],
    ['win32', {}, ['home', 'AppData', 'Roaming', 'PulseDesk']],
  ] as const)('on %s with %o is where users expect it', (platform, variables, parts) => {
    expect(defaultDataFolder(platform, variables, 'home')).toBe(join(...parts));
  });
});
