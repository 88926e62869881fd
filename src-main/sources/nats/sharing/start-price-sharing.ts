import type { Clock } from '../../../lib/clock.ts';
import type { Log } from '../../../lib/log.ts';
import type { Random } from '../../../lib/random.ts';
import type { NatsOptions } from '../nats-options.ts';
import type { PollReadiness, PriceSharing } from './price-sharing.ts';

/** What sharing works with. */
export interface PriceSharingOptions {
  /** The server and credentials of the NATS source; sharing has a connection of its own to it. */
  options: NatsOptions;
  /** Not `demo`: what is made there is never published. */
  env: string;
  instanceId: string;
  /** Symbols watched here, normalised. */
  watched(): Iterable<string>;
  readiness(): PollReadiness;
  clock: Clock;
  random: Random;
  log: Log;
  /** How long a lease lasts in a bucket that is made, in milliseconds; 9 s by default. An existing bucket keeps its own. */
  leaseMs?: number;
}

/** Shares an environment's polling. Starts even while NATS is not there; throws when the environment is `demo`. */
export declare function startPriceSharing(options: PriceSharingOptions): PriceSharing;
