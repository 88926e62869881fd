import { randomInt } from 'node:crypto';
import { homedir } from 'node:os';
import { DEMO_ENVIRONMENT } from '../../src-contract/environment.ts';
import { defaultDataFolder } from './data-folder.ts';
import type { HostOptions, ListenOptions } from './host-options.ts';
import type { KeptSettings } from './kept-settings.ts';
import { isLoopback } from '../lib/loopback.ts';
import { natsTarget } from './nats-target.ts';
import { OptionError } from './option-error.ts';
import { overriddenFields } from './overridden.ts';
import { readOptions, type Foreign, type Given, type GivenOptions, type Variables } from './read-options.ts';

/** What the defaults depend on. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  /** The user's home folder. */
  readonly home: string;
  /** A seed for the demo feed when none is given. */
  randomSeed(): number;
  /** Words of the command line that are not ours, such as the switches of a browser engine. Default: none. */
  readonly foreign?: Foreign;
}

const thisMachine: Surroundings = {
  platform: process.platform,
  home: homedir(),
  randomSeed: () => randomInt(2 ** 31),
};

/**
 * Weighs command line (without program and script), variables, settings and defaults. `settings` reads what is kept in
 * a data folder; null when there is nothing.
 *
 * @throws OptionError naming the option and what it takes.
 */
export function parseOptions(
  argv: readonly string[],
  variables: Variables,
  settings: (dataFolder: string) => KeptSettings | null,
  surroundings: Surroundings = thisMachine,
): HostOptions {
  const given = readOptions(argv, variables, surroundings.foreign ?? (() => false));
  const { platform, home } = surroundings;
  const dataFolder = given.data?.value ?? defaultDataFolder(platform, variables, home);
  const kept = settings(dataFolder) ?? {};
  const nats = natsTarget(given, variables, kept.nats ?? {});
  const demo = given.demo?.value ?? nats === null;
  return {
    dataFolder,
    env: or(given.env, nats === null && demo ? DEMO_ENVIRONMENT : 'dev'),
    nats,
    stockApi: or(given['stock-api'], null),
    stockKey: { key: or(given['stock-api-key'], null), header: or(given['stock-api-key-header'], null) },
    demo: { on: demo, seed: or(given.seed, surroundings.randomSeed()) },
    listen: listenOptions(given, kept),
    logLevel: or(given['log-level'], 'info'),
    batch: { events: or(given['batch-events'], 2000), lingerMs: or(given['batch-linger'], 5) },
    overridden: overriddenFields(given, variables),
    portGiven: given.port !== undefined,
  };
}

/** What the command line asks to print instead of starting; `--help` wins. */
export function askedToPrint(argv: readonly string[]): 'help' | 'version' | null {
  if (argv.includes('--help')) return 'help';
  return argv.includes('--version') ? 'version' : null;
}

function listenOptions(given: GivenOptions, kept: KeptSettings): ListenOptions {
  const listen: ListenOptions = {
    host: or(given.host, '127.0.0.1'),
    port: or(given.port, kept.local_api?.port ?? 4000),
    token: or(given.token, null),
    readToken: or(given['read-token'], null),
    allowedHosts: or(given['allowed-hosts'], []),
  };
  assertAccess(listen);
  return listen;
}

function assertAccess({ host, token, readToken }: ListenOptions): void {
  if (readToken !== null && token === null) {
    throw new OptionError('--read-token takes the token of readers and needs --token beside it');
  }
  if (readToken !== null && readToken === token) {
    throw new OptionError('--read-token takes another text than --token');
  }
  if (!isLoopback(host) && token === null) {
    throw new OptionError(
      `--host ${host} can be reached from other machines: it takes a --token beside it (or PULSEDESK_TOKEN), ` +
        'or use a loopback host such as 127.0.0.1',
    );
  }
}

function or<T, F>(given: Given<T> | undefined, fallback: F): T | F {
  return given === undefined ? fallback : given.value;
}
