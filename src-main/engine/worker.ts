import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../lib/clock.ts';
import { createLog } from '../lib/log.ts';
import { seededRandom } from '../lib/random.ts';
import { startMockStockApi } from '../sources/stocks/mock/mock-stock-api.ts';
import { openPriceRanges, PRICE_RANGES_FILE } from '../sources/stocks/mock/price-ranges.ts';
import { openStore } from '../store/open-store.ts';
import { startEngineCore, type Engine } from './engine.ts';
import type { EngineWorkerData, FromEngine, ToEngine } from './engine-messages.ts';
import type { ClientConnection } from './engine-port.ts';
import { threadExport } from './exports/thread-export.ts';
import { HostSecretBox } from './host-secret-box.ts';
import { IntakeAnswers } from './intake-answers.ts';

if (parentPort === null) throw new Error('this file is the entry of a worker thread');
const port = parentPort;
const options = workerData as EngineWorkerData;
const post = (message: FromEngine) => port.postMessage(message);
const log = createLog({
  level: options.logLevel,
  write: (line) => post({ t: 'log', line }),
  clock: systemClock,
});

const secrets = new HostSecretBox(post, systemClock);
/** What the host says before the engine has started: to stop, at most. */
type Relayed = Exclude<ToEngine, { t: 'secret' }>;
const early: Relayed[] = [];
let take = (message: Relayed): void => void early.push(message);
port.on('message', (message: ToEngine) => {
  if (message.t === 'secret') secrets.answered(message);
  else take(message);
});

/** A fault that leaves the thread's state unknown ends it: the host starts a new one from what is stored. */
function crash(error: Error): void {
  log.error('the engine stops after a fault', { error });
  setImmediate(() => process.exit(1));
}

process.on('unhandledRejection', (reason) =>
  crash(reason instanceof Error ? reason : new Error(String(reason))),
);

async function main(): Promise<void> {
  const store = await openStore({ folder: options.dataFolder, mode: 'threads', log, clock: systemClock });
  store.onWriterExit((error) => crash(error));
  const priceRanges = await openPriceRanges(join(options.dataFolder, PRICE_RANGES_FILE), systemClock);
  const engine = await startEngineCore(options, {
    store,
    clock: systemClock,
    random: seededRandom(options.demo.seed),
    log,
    secrets,
    priceRanges,
    startMock: (given) =>
      startMockStockApi({
        ...given,
        ranges: priceRanges,
        clock: systemClock,
        random: seededRandom(options.demo.seed).fork('mock stock API'),
      }),
    runExport: threadExport,
    crash,
  });
  relay(engine, async () => {
    await engine.stop();
    await store.stop();
  });
  post({ t: 'ready' });
}

function relay(engine: Engine, stop: () => Promise<void>): void {
  const clients = new Map<number, ClientConnection>();
  const answers = new IntakeAnswers(engine, post);
  take = (message) => {
    switch (message.t) {
      case 'connect': {
        const { client, identity } = message;
        clients.set(
          client,
          engine.connect(identity, (text) => post({ t: 'deliver', client, text })),
        );
        return;
      }
      case 'message':
        return clients.get(message.client)?.send(message.text);
      case 'close':
        clients.get(message.client)?.close();
        return void clients.delete(message.client);
      case 'intake':
        return answers.take(message);
      case 'audit':
        return engine.audit(message.entry);
      case 'stop':
        return void stop().then(stopped, crash);
    }
  };
  for (const message of early.splice(0)) take(message);
}

function stopped(): void {
  post({ t: 'stopped' });
  port.close();
}

main().catch((error: unknown) => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  log.error('the engine could not start', { error });
  post({ t: 'refused', name, message });
  setImmediate(() => process.exit(1));
});
