import type { Transport } from '../../src-contract/transport.ts';

/** One of the ways from a client to the engine. */
export interface Link {
  transport: Transport;
  stop(): Promise<void>;
}

/** How a link is started: over a data folder, with an engine that reads this NATS server and keeps the demo filling. */
export type StartLink = (dataFolder: string, natsUrl: string) => Promise<Link>;
