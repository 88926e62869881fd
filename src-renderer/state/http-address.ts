import type { Settings } from '../../src-contract/settings.ts';
import type { AppContext } from './app-context.ts';

/**
 * Where this app takes events over HTTP: the page's own address in a browser, the local API in the desktop app. Null while
 * the desktop app has none, or one on any free port, which only its start line tells.
 */
export function httpAddress(
  { desktop }: Pick<AppContext, 'desktop'>,
  settings: Settings | null,
  origin: string,
): string | null {
  if (!desktop) return origin;
  if (settings === null || !settings.local_api.on || settings.local_api.port === 0) return null;
  return `http://127.0.0.1:${settings.local_api.port}`;
}

/** The command line that posts an event to a path of the HTTP interface. */
export function curlLine(address: string, path: string, body: unknown): string {
  return `curl -X POST ${address}${path} -H "Content-Type: application/json" -d '${JSON.stringify(body)}'`;
}
