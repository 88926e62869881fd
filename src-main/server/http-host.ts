import { fileURLToPath } from 'node:url';
import { engineClient } from '../engine/engine-client.ts';
import type { EngineHost } from '../engine/engine-port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Stoppable } from '../lib/disposables.ts';
import type { Log } from '../lib/log.ts';
import type { ListenOptions } from '../options/host-options.ts';
import { createServer } from './create-server.ts';
import { firstAnswer } from './first-answer.ts';
import { listenError } from './listen-error.ts';
import { builtRenderer } from './renderer-files.ts';
import { SERVER_LIMITS, type ServerLimits } from './server-limits.ts';

/** What the HTTP host needs. */
export interface HttpHostOptions {
  readonly engine: EngineHost;
  readonly listen: ListenOptions;
  readonly version: string;
  /** Where the engine keeps its data; files of exports are sent from there. */
  readonly dataFolder: string;
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

/** A host as it stands in an address; where it listens on all of them, loopback. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
