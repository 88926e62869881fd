import { fork } from 'node:child_process';
import { once } from 'node:events';
import { systemClock } from '../src-main/lib/clock.ts';
import { LatencyHistogram } from '../src-main/lib/latency-histogram.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { seededRandom } from '../src-main/lib/random.ts';
import { natsOptionsOf } from '../src-main/engine/nats-options-of.ts';
import { startNatsSource } from '../src-main/sources/nats/nats-source.ts';
import { startNatsServer } from '../src-main/sources/nats/testing/nats-server.ts';
import { makeStream } from '../src-main/sources/nats/testing/publish.ts';
import { openFullIntake } from './full-intake.ts';
import type { BenchResult } from './report.ts';
import { median } from './rounds.ts';

const RATE = 25_000;
const SECONDS = 6;
const WARM_UP_SECONDS = 2;
const ROUNDS = 7;
const LINGER_MS = 5;

/**
 * From publishing to durable and projected, for events that an open-loop publisher stamps and sends at a fixed rate from
 * a process of its own, whether or not the reader keeps up.
 */
export async function run(): Promise<BenchResult> {
  const rounds: LatencyHistogram[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await oneRound());
  const at = (percent: number) => median(rounds.map((round) => round.percentile(percent) / 1000));
  return {
    name: 'latency',
    ratios: [
      {
        name: 'publish → durable P99 / linger',
        value: at(99) / LINGER_MS,
        meaning: `at ${RATE} events/s, in batch lingers of ${LINGER_MS} ms`,
        floor: 5,
        goal: 3,
        lessIsBetter: true,
      },
    ],
    absolute: {
      'P50, ms': at(50),
      'P95, ms': at(95),
      'P99, ms': at(99),
      'max, ms': median(rounds.map(({ max }) => max / 1000)),
    },
  };
}

async function oneRound(): Promise<LatencyHistogram> {
  const server = await startNatsServer();
  await makeStream(server.url, 'dev');
  const latency = new LatencyHistogram();
  const total = RATE * SECONDS;
  let stored = 0;
  const all = Promise.withResolvers<null>();
  const full = await openFullIntake('dev', (events) => {
    stored += events;
    if (stored >= total) all.resolve(null);
  });
  const apply = full.runtime.projection.apply.bind(full.runtime.projection);
  full.runtime.projection.apply = (batch, events) => {
    apply(batch, events);
    const now = performance.timeOrigin + performance.now();
    for (const { id, body } of events) {
      const sequence = id % 2 ** 40;
      if (sequence > RATE * WARM_UP_SECONDS)
        latency.record((now - (body as { sent_at: number }).sent_at) * 1000);
    }
  };
  const source = startNatsSource({
    options: natsOptionsOf({ url: server.url, ensureStream: false }),
    env: 'dev',
    instanceId: 'bench',
    ensureStream: false,
    intake: full.runtime.hub.of('nats'),
    clock: systemClock,
    random: seededRandom(1),
    log: silentLog,
  });
  const publisher = fork(new URL('./paced-publisher.ts', import.meta.url), [
    server.url,
    String(RATE),
    String(SECONDS),
  ]);
  await once(publisher, 'exit');
  await all.promise;
  await source.stop();
  await full.stop();
  await server.stop();
  return latency;
}
