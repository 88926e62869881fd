import { chromium } from './programs.ts';

const executablePath = chromium();

/** How a browser is started that talks to nobody but the host under test; inside a container root has no sandbox to offer. */
export const BROWSER_LAUNCH = {
  args: [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-gpu',
    '--disable-quic',
    '--disable-sync',
    '--no-first-run',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
  ...(executablePath === undefined ? {} : { executablePath }),
};
