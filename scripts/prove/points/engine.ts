import { Worker } from 'node:worker_threads';
import type { ContractClient } from '../../../src-contract/client.ts';
import type { EngineOptions } from '../../../src-main/engine/engine-port.ts';
import { EngineThread } from '../../../src-main/engine/engine-thread.ts';
import { directClient } from '../../../src-main/engine/testing/direct-client.ts';
import { systemClock } from '../../../src-main/lib/clock.ts';
import { silentLog } from '../../../src-main/lib/log.ts';
import { seededRandom } from '../../../src-main/lib/random.ts';
import { looking } from '../checks/stored-journal.ts';
import { atMost, counted, type Finding, type Point } from '../finding.ts';
import { Lab } from '../hosts/lab.ts';
import { publishPaced } from '../hosts/paced-publisher.ts';
import { storedUpTo } from '../hosts/stream-settled.ts';
import { Window } from '../hosts/window.ts';
import { mixedTraffic } from '../model/mixed-traffic.ts';

interface Scale {
  /** Times the engine is ended; more than 5 in a minute would mark it failed. */
  deaths: number;
  messages: number;
  perSecond: number;
}

export const FULL: Scale = { deaths: 4, messages: 20_000, perSecond: 2000 };
export const SHORT: Scale = { deaths: 2, messages: 4000, perSecond: 2000 };

/** The thread as it was built: the one users have. */
const ENTRY = new URL('../../../out/main/engine-worker.js', import.meta.url);
const LIVE_WITHIN_MS = 2000;
const SLUGS = 60;

/** Ends the engine's thread, by the drill of the System screen and by force under load. */
export const run: Point<Scale> = async (options) => [
  ...(await Lab.use(options.signal, (lab) => drilled(lab, options.scale, options.log))),
  ...(await Lab.use(options.signal, (lab) => terminated(lab, options.scale, options.log))),
];

/** The demo feed goes on over the drill, and its window stays. */
async function drilled(lab: Lab, { deaths }: Scale, log: (words: string) => void): Promise<Finding[]> {
  const { host, rest } = await lab.serve('--demo', '--seed', '7');
  const window = new Window(host.url);
  lab.defer(() => window.close());
  const shown = window.show('portfolios', {});
  const isLive = (): true | undefined => shown.view.status.status === 'live' || undefined;
  await lab.until('the window is live', 5000, isLive);
  const took: number[] = [];
  for (let death = 1; death <= deaths; death++) {
    log(`drill ${death}`);
    const begun = performance.now();
    // The engine may be gone before it answers.
    window.client.call('drill.run', { drill: 'stop_engine' }).catch(() => undefined);
    await lab.until(
      'the window says that the engine is gone',
      5000,
      () => isLive() === undefined || undefined,
    );
    await lab.until('the window is live again', 10_000, isLive);
    took.push(performance.now() - begun);
  }
  const { ledger } = await rest.status();
  await lab.until('the demo feed goes on', 5000, async () => {
    return (await rest.status()).ledger.stored > ledger.stored || undefined;
  });
  await host.end('SIGTERM');
  const { rows, stream, polled } = looking(lab.folder, (journal) => ({
    rows: journal.counts('demo').rows,
    stream: journal.incarnations('demo', 'demo'),
    polled: journal.incarnations('demo', 'stocks'),
  }));
  const numbered = [...stream, ...polled].reduce((sum, { storedSeq }) => sum + storedSeq, 0);
  return [
    atMost('drill: window live again after, the slowest of all', Math.max(...took), LIVE_WITHIN_MS, 'ms'),
    counted('drill: events of demo feed and poller stored, of those that were numbered', rows, numbered),
    counted(
      'drill: streams of the demo feed, each opened once',
      stream.length,
      new Set(stream.map(({ name }) => name)).size,
    ),
  ];
}

/** An engine that is ended by force while events are published. */
async function terminated(lab: Lab, scale: Scale, log: (words: string) => void): Promise<Finding[]> {
  const nats = await lab.nats('dev');
  const mortal = new MortalEngine(lab.folder, nats.url);
  lab.defer(() => mortal.engine.stop());
  await mortal.engine.start();
  const client = await directClient(mortal.engine, systemClock);
  const traffic = mixedTraffic('dev', 41, { events: scale.messages, slugs: SLUGS }, Date.now());
  const random = seededRandom(43);
  const part = scale.messages / scale.deaths;
  const instants = Array.from({ length: scale.deaths }, (_, index) => (index + random.next() * 0.5) * part);
  const took: Promise<number>[] = [];
  await publishPaced(await lab.publisher(nats), traffic.messages, {
    perSecond: scale.perSecond,
    signal: lab.signal,
    onPublished(count) {
      if (count < (instants[0] ?? Infinity)) return;
      instants.shift();
      took.push(mortal.die(lab, client));
      log(`death ${took.length} after ${count} messages`);
    },
  });
  const slowest = Math.max(...(await Promise.all(took)));
  await storedUpTo(lab, { status: () => client.call('system.status', {}) }, scale.messages, 30_000);
  client.close();
  await mortal.engine.stop();
  const stored = looking(lab.folder, (journal) => journal.holdsJust('dev', traffic));
  return [
    counted('load: deaths while events were published', took.length, scale.deaths),
    atMost('load: client live again after, the slowest of all', slowest, LIVE_WITHIN_MS, 'ms'),
    ...stored.map((finding) => ({ ...finding, what: `load: ${finding.what}` })),
  ];
}

/** An engine whose thread can be ended from outside. */
class MortalEngine {
  readonly engine: EngineThread;
  #worker: Worker | null = null;

  constructor(folder: string, url: string) {
    const options: EngineOptions = {
      version: '0.0.0',
      dataFolder: folder,
      env: 'dev',
      nats: { url, ensureStream: false },
      stockApi: null,
      demo: { on: false, seed: 1 },
      logLevel: 'error',
      overridden: [],
      batch: { events: 1000, lingerMs: 5 },
    };
    this.engine = new EngineThread(options, {
      clock: systemClock,
      random: seededRandom(1),
      log: silentLog,
      writeLogLine: () => undefined,
      startWorker: (workerData) => (this.#worker = new Worker(ENTRY, { workerData })),
    });
  }

  /** Ends the thread; answers how many milliseconds it took until the client was live again. */
  async die(lab: Lab, client: ContractClient): Promise<number> {
    const begun = performance.now();
    const gone = new Promise<void>((resolve) => {
      const stop = client.onLink(({ state }) => {
        if (state === 'live') return;
        stop();
        resolve();
      });
    });
    await this.#worker?.terminate();
    await gone;
    await lab.until('the client is live again', 10_000, () => client.link.state === 'live' || undefined);
    return performance.now() - begun;
  }
}
