import type { AppContext } from './app-context.ts';
import { curlLine, httpAddress } from './http-address.ts';

/** The command line that posts an example to this app, while something takes it. */
export interface PostCommand {
  /** Null where the desktop app serves no HTTP, or on a port that the page does not know. */
  readonly current: string | null;
}

/** The command that posts an example to a path of the HTTP interface, for somebody who has no data yet. */
export function postCommand(app: AppContext, path: string, example: object): PostCommand {
  const settings = app.feed('settings', {});
  const address = $derived(httpAddress(app, settings.head, location.origin));
  return {
    get current() {
      return address === null ? null : curlLine(address, path, example);
    },
  };
}
