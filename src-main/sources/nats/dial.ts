import { connect, type NatsConnection, type TlsOptions } from '@nats-io/transport-node';
import type { Clock } from '../../lib/clock.ts';
import { authenticatorOf, tlsOptionsOf } from './credential-files.ts';
import { describeFailure } from './describe-failure.ts';
import type { NatsOptions } from './nats-options.ts';
import { probeServer } from './probe-server.ts';
import { shownAddress, type ServerAddress } from './server-address.ts';

/** A server that does not greet within this time counts as unreachable, in milliseconds. */
const GREETING_MS = 2_000;
/** A server that does not let us in within this time counts as unreachable, in milliseconds. */
const HANDSHAKE_MS = 3_000;
/** A connection that is silent for three of these is dead, in milliseconds. */
const PING_MS = 2_500;

/** A connection and the address it leads to. */
export interface NatsLink {
  readonly connection: NatsConnection;
  /** Host and port, fit to be shown. */
  readonly server: string;
}

/** No server could be reached; the message names the last one tried and the cause, without credentials. */
export class UnreachableError extends Error {}

/**
 * Connects to the first server of the list that lets us in. The connection never reconnects by itself: when it is lost
 * it closes, and whoever uses it starts afresh. Rejects with {@link UnreachableError}, or the signal's reason.
 */
export async function dial(
  options: NatsOptions,
  name: string,
  clock: Pick<Clock, 'after'>,
  signal: AbortSignal,
): Promise<NatsLink> {
  let failure = 'no server given';
  for (const address of options.servers) {
    const server = shownAddress(address);
    try {
      const greeting = await probeServer(address, GREETING_MS, clock, signal);
      const connection = await open(options, address, greeting.tls, name);
      if (!signal.aborted) return { connection, server };
      await connection.close();
    } catch (error) {
      failure = `${server}: ${describeFailure(error)}`;
    }
    signal.throwIfAborted();
  }
  throw new UnreachableError(failure);
}

async function open(
  options: NatsOptions,
  address: ServerAddress,
  encrypts: boolean,
  name: string,
): Promise<NatsConnection> {
  const authenticator = await authenticatorOf(options.auth);
  const tls = await tlsOptionsOf(options.tls, address.tls || encrypts);
  return connect({
    servers: shownAddress(address),
    name,
    reconnect: false,
    ignoreClusterUpdates: true,
    timeout: HANDSHAKE_MS,
    pingInterval: PING_MS,
    maxPingOut: 2,
    noAsyncTraces: true,
    ...(authenticator === null ? {} : { authenticator }),
    ...(tls === null ? {} : { tls: expecting(address, tls) }),
  });
}

/** Without the host, the client compares the certificate of a server given by its IP address with `localhost`. */
function expecting({ host }: ServerAddress, tls: TlsOptions): TlsOptions & { host: string } {
  return { ...tls, host };
}
