import type { ContractClient } from '../../src-contract/client.ts';
import type { EngineHost } from '../engine/engine-port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { ListenOptions } from '../options/host-options.ts';
import type { ServerLimits } from './server-limits.ts';

/** What the parts of the HTTP host share. */
export interface ServerParts {
  readonly engine: EngineHost;
  /** The client through which REST, health and metrics ask the engine. */
  readonly client: ContractClient;
  readonly listen: ListenOptions;
  /** The built page: its index.html and assets. */
  readonly rendererFolder: string;
  readonly version: string;
  /** Where the engine keeps its data; files of exports are sent from there. */
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: ServerLimits;
}
