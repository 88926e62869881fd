import { createContext } from 'svelte';
import type { FeedName, FeedParams } from '../../src-contract/channels.ts';
import type { ContractClient } from '../../src-contract/client.ts';
import { Appearance } from './appearance.svelte.ts';
import { EnvironmentSwitching } from './environment-switching.svelte.ts';
import type { FeedStore } from './feed-store.svelte.ts';
import { Feeds } from './feeds.ts';
import { Link } from './link.svelte.ts';
import { Router } from './router.svelte.ts';
import { Time } from './time.svelte.ts';

/** What every screen can reach. */
export interface AppContext {
  /** Asks and does. */
  readonly client: ContractClient;
  /** The shared store of a feed; it is open while something on the screen reads it. */
  feed<N extends FeedName>(name: N, params: FeedParams<N>): FeedStore<N>;
  readonly link: Link;
  readonly router: Router;
  readonly appearance: Appearance;
  readonly time: Time;
  /** A switch of the environment that is being asked for; the shell shows its dialogs. */
  readonly switching: EnvironmentSwitching;
  /** True in a window of the desktop app, false in a browser. */
  readonly desktop: boolean;
}

/** Builds the state of one page over a client; `desktop` says that it stands in a window of the desktop app. */
export function createAppContext(client: ContractClient, desktop: boolean): AppContext {
  const feeds = new Feeds(client);
  const settings = feeds.get('settings', {});
  const appearance = new Appearance(client, settings);
  return {
    client,
    feed: (name, params) => feeds.get(name, params),
    link: new Link(client),
    router: new Router(),
    appearance,
    time: new Time(() => appearance.current.time_zone),
    switching: new EnvironmentSwitching(client),
    desktop,
  };
}

const [get, set] = createContext<AppContext>();

/** The state of the page this component stands in. */
export const getAppContext = get;
/** Gives the state of the page to all components below. */
export const setAppContext = set;
