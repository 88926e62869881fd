import { join } from 'node:path';
import type { Variables } from './read-options.ts';

const NAME = 'PulseDesk';

/** The folder for the user's data on a platform, as its conventions have it. `home` is the user's home folder. */
export function defaultDataFolder(platform: NodeJS.Platform, variables: Variables, home: string): string {
  switch (platform) {
    case 'win32':
      return join(given(variables['APPDATA']) ?? join(home, 'AppData', 'Roaming'), NAME);
    case 'darwin':
      return join(home, 'Library', 'Application Support', NAME);
    default:
      return join(given(variables['XDG_DATA_HOME']) ?? join(home, '.local', 'share'), NAME);
  }
}

function given(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
