import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import { engineClient } from '../engine/engine-client.ts';
import { systemClock, type Clock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import type { ListenOptions } from '../options/host-options.ts';
import { createServer } from './create-server.ts';
import { FakeEngineHost } from './fake-engine-host.ts';
import { SERVER_LIMITS, type ServerLimits } from './server-limits.ts';

/** What a test may choose of its server. */
export interface TestServerOptions {
  engine?: FakeEngineHost;
  listen?: Partial<ListenOptions>;
  limits?: Partial<ServerLimits>;
  rendererFolder?: string;
  dataFolder?: string;
  clock?: Clock;
}

/** The server over a fake engine, closed when the test ends. It listens only if the test says so. */
export async function testServer(options: TestServerOptions = {}): Promise<FastifyInstance> {
  const { engine = new FakeEngineHost(), clock = systemClock } = options;
  const client = engineClient(engine, { kind: 'http', title: 'HTTP' }, clock);
  const app = await createServer({
    engine,
    client,
    clock,
    log: silentLog,
    version: '1.2.3',
    dataFolder: options.dataFolder ?? '/nowhere',
    listen: {
      host: '127.0.0.1',
      port: 0,
      token: null,
      readToken: null,
      allowedHosts: [],
      ...options.listen,
    },
    limits: { ...SERVER_LIMITS, ...options.limits },
    rendererFolder: options.rendererFolder ?? '/nowhere',
  });
  onTestFinished(() => app.close());
  return app;
}
