import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { directClient } from '../src-main/engine/testing/direct-client.ts';
import { startEngine } from '../src-main/engine/start-engine.ts';
import { systemClock } from '../src-main/lib/clock.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { seededRandom } from '../src-main/lib/random.ts';
import type { NatsServer } from '../src-main/sources/nats/testing/nats-server.ts';

const IDLE_MS = 2000;

/** Delay of the host's event loop at P99, in milliseconds: idle, and while the engine's thread reads a whole stream. */
export async function hostLoopDelay(
  server: NatsServer,
  messages: number,
): Promise<{ idleMs: number; busyMs: number }> {
  const idleMs = await delayWhile(() => systemClock.sleep(IDLE_MS));
  const folder = mkdtempSync(join(tmpdir(), 'pulsedesk-bench-'));
  const engine = await startEngine(
    {
      version: 'bench',
      dataFolder: folder,
      env: 'dev',
      nats: { url: server.url, ensureStream: false },
      stockApi: null,
      demo: { on: false, seed: 1 },
      logLevel: 'error',
      overridden: [],
      batch: { events: 1000, lingerMs: 5 },
    },
    { clock: systemClock, random: seededRandom(1), log: silentLog, writeLogLine: () => undefined },
  );
  const client = await directClient(engine, systemClock);
  const busyMs = await delayWhile(async () => {
    for (let stored = 0; stored < messages; await systemClock.sleep(50)) {
      stored = (await client.call('system.status', {})).ledger.stored;
    }
  });
  client.close();
  await engine.stop();
  rmSync(folder, { recursive: true });
  return { idleMs, busyMs };
}

async function delayWhile(work: () => Promise<unknown>): Promise<number> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await work();
  histogram.disable();
  return histogram.percentile(99) / 1e6;
}
