import { engineTransport } from '../../src-main/engine/engine-transport.ts';
import { startEngine } from '../../src-main/engine/start-engine.ts';
import { systemClock } from '../../src-main/lib/clock.ts';
import { silentLog } from '../../src-main/lib/log.ts';
import { seededRandom } from '../../src-main/lib/random.ts';
import type { Link } from './link.ts';

/** The engine's own thread, spoken to without any host. */
export async function directLink(dataFolder: string, natsUrl: string): Promise<Link> {
  const engine = await startEngine(
    {
      version: '0.0.0',
      dataFolder,
      env: 'dev',
      nats: { url: natsUrl, ensureStream: false },
      stockApi: null,
      demo: { on: true, seed: 7 },
      logLevel: 'error',
      // As the hosts say it when NATS comes from the command line: settings of NATS do not replace it.
      overridden: ['nats.url'],
      batch: { events: 1000, lingerMs: 5 },
    },
    { clock: systemClock, random: seededRandom(7), log: silentLog, writeLogLine: () => undefined },
  );
  return {
    transport: engineTransport(engine, { kind: 'http', title: 'conformance' }),
    stop: () => engine.stop(),
  };
}
