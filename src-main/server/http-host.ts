import { fileURLToPath } from 'node:url';
import type { ContractClient } from '../../src-contract/client.ts';
import { engineClient } from '../engine/engine-client.ts';
import type { EngineHost } from '../engine/engine-port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Stoppable } from '../lib/disposables.ts';
import type { Log } from '../lib/log.ts';
import type { ListenOptions } from '../options/host-options.ts';
import { createServer } from './create-server.ts';
import { listenError } from './listen-error.ts';
import { builtRenderer } from './renderer-files.ts';
import { SERVER_LIMITS, type ServerLimits } from './server-limits.ts';

/** How long to wait for the engine's greeting before listening without it, in milliseconds. */
const GREETING_MS = 2000;

/** What the HTTP host needs. */
export interface HttpHostOptions {
  readonly engine: EngineHost;
  readonly listen: ListenOptions;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
  /** The built page; where the build puts it by default. */
  readonly rendererFolder?: string;
  readonly limits?: Partial<ServerLimits>;
}

/** A host that listens. `stop` says good-bye to its sockets; the engine is left running. */
export interface HttpHost extends Stoppable {
  /** Where this machine reaches it: `http://127.0.0.1:4000`. */
  readonly url: string;
}

/**
 * Serves screens, REST and WebSockets of a running engine.
 *
 * @throws ListenError naming the port when it is taken or not allowed.
 */
export async function startHttpHost(options: HttpHostOptions): Promise<HttpHost> {
  const { engine, listen, clock } = options;
  const client = engineClient(engine, { kind: 'http', title: 'HTTP' }, clock);
  const app = await createServer({
    ...options,
    client,
    rendererFolder: options.rendererFolder ?? fileURLToPath(builtRenderer()),
    limits: { ...SERVER_LIMITS, ...options.limits },
  });
  try {
    await app.listen({ host: listen.host, port: listen.port });
  } catch (error) {
    await app.close();
    throw listenError(error, listen);
  }
  await firstAnswer(client, clock);
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : listen.port;
  return { url: `http://${reachable(listen.host)}:${port}`, stop: () => app.close() };
}

/** Waits until the engine has greeted, so that the first request is answered; not for an engine that is away. */
function firstAnswer(client: ContractClient, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(GREETING_MS, finish);
    const stop = client.onLink(finish);
    function finish(): void {
      cancel();
      stop();
      resolve();
    }
    if (client.link.state === 'live') finish();
  });
}

/** A host as it stands in an address; where it listens on all of them, loopback. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
