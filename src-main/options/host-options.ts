import type { EngineOptions, NatsTarget } from '../engine/engine-port.ts';

/** Everything a host needs to know at the start, after option, variable, settings and default were weighed. */
export interface HostOptions {
  /** Absolute path. */
  readonly dataFolder: string;
  /** The environment active at the start. */
  readonly env: string;
  /** Null: no NATS. Holds secrets. */
  readonly nats: NatsTarget | null;
  /** Address of the stock API with its path, if option or variable gave one; null: settings decide. */
  readonly stockApi: string | null;
  /** Its key and the header that carries it, as far as option or variable gave them. The key is a secret. */
  readonly stockKey: { readonly key: string | null; readonly header: string | null };
  readonly demo: { readonly on: boolean; readonly seed: number };
  readonly listen: ListenOptions;
  readonly logLevel: EngineOptions['logLevel'];
  readonly batch: { readonly events: number; readonly lingerMs: number };
  /** Paths of settings fields that option or variable decided. */
  readonly overridden: readonly string[];
  /** Whether a port was given by option or variable; the desktop app then turns its local API on. */
  readonly portGiven: boolean;
}

/** Where the HTTP host listens and whom it lets in. */
export interface ListenOptions {
  /** Name or address, without brackets. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Null: everybody who can reach a loopback address is let in. */
  readonly token: string | null;
  /** Null: there is no token that only reads. */
  readonly readToken: string | null;
  /** Lower-case names or addresses, beside loopback and `host`. */
  readonly allowedHosts: readonly string[];
}

/** The part of {@link HostOptions} that the engine gets. */
export function engineOptions(options: HostOptions, version: string): EngineOptions {
  const { dataFolder, env, nats, stockApi, stockKey, demo, logLevel, batch, overridden } = options;
  return {
    version,
    dataFolder,
    env,
    nats,
    stockApi,
    stockKey: { ...stockKey },
    demo: { ...demo },
    logLevel,
    overridden: [...overridden],
    batch: { ...batch },
  };
}
