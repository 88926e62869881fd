import { fork } from 'node:child_process';
import { once } from 'node:events';
import { startNatsServer } from '../src-main/sources/nats/testing/nats-server.ts';
import { makeStream, publishAll } from '../src-main/sources/nats/testing/publish.ts';
import { hostLoopDelay } from './loop-delay.ts';
import { packedEvents } from './packed-events.ts';
import { postedEvents, type PostedEvents } from './posted-events.ts';
import type { BenchResult, Ratio } from './report.ts';
import { interleavedMedians, type Medians } from './rounds.ts';
import { priceStream } from './price-stream.ts';

const MESSAGES = 800_000;
/** Twice as many a second as of a stream: in half of half a million the writer's thread is still being compiled. */
const CORE_MESSAGES = 1_000_000;
const ROUNDS = 7;
const PACKED_ROUNDS = 5;

/** NATS → committed → projected, against the same client only counting, and against receiving and parsing. */
export async function run(): Promise<BenchResult> {
  const server = await startNatsServer();
  try {
    await makeStream(server.url, 'dev');
    await publishAll(server.url, priceStream('dev', MESSAGES));
    const jetstream = await measure(server.url, 'jetstream', MESSAGES);
    const core = await measure(server.url, 'core', CORE_MESSAGES);
    const delay = await hostLoopDelay(server, MESSAGES);
    const packed = await packedEvents(server.url, PACKED_ROUNDS);
    return report({ jetstream, core, delay, packed, posted: await postedEvents() });
  } finally {
    await server.stop();
  }
}

function measure(url: string, source: 'jetstream' | 'core', messages: number): Promise<Medians> {
  const way = (name: string) => ({ name, run: () => rateOf(url, source, name, messages) });
  return interleavedMedians([way('count'), way('parse'), way('full')], ROUNDS);
}

async function rateOf(url: string, source: string, way: string, messages: number): Promise<number> {
  const child = fork(new URL('./one-way.ts', import.meta.url), [url, source, way, String(messages)]);
  const exited = once(child, 'exit').then(() => {
    throw new Error(`reading (${source}, ${way}) ended without a rate`);
  });
  const [{ rate }] = (await Promise.race([once(child, 'message'), exited])) as [{ rate: number }];
  if (child.exitCode === null) await once(child, 'exit');
  return rate;
}

interface Measured {
  jetstream: Medians;
  core: Medians;
  delay: { idleMs: number; busyMs: number };
  packed: Medians;
  posted: PostedEvents;
}

function report({ jetstream, core, delay, packed, posted }: Measured): BenchResult {
  const ratio = (medians: Medians, to: string) => (medians['full'] ?? 0) / (medians[to] ?? 1);
  const meaning = 'committed (FULL) and projected, against the same client only';
  return {
    name: 'intake',
    ratios: [
      {
        name: 'jetstream / count',
        value: ratio(jetstream, 'count'),
        meaning: `${meaning} counting`,
        floor: 0.5,
        goal: 0.7,
      },
      {
        name: 'jetstream / parse',
        value: ratio(jetstream, 'parse'),
        meaning: `${meaning} parsing`,
        floor: 0.65,
        goal: 0.85,
      },
      {
        name: 'core / count',
        value: ratio(core, 'count'),
        meaning: `${meaning} counting`,
        floor: 0.4,
        goal: 0.5,
      },
      {
        name: 'core / parse',
        value: ratio(core, 'parse'),
        meaning: `${meaning} parsing`,
        floor: 0.8,
        goal: 0.8,
      },
      {
        name: 'host loop delay P99 / 10 ms',
        value: delay.busyMs / 10,
        meaning: 'delay of the host thread while the engine reads as fast as it can',
        floor: 1,
        goal: 1,
        lessIsBetter: true,
      },
      ...eventRatios(packed, posted),
    ],
    absolute: {
      ...named('jetstream', jetstream),
      ...named('core', core),
      'host loop delay P99 idle, ms': delay.idleMs,
      'host loop delay P99 busy, ms': delay.busyMs,
      'events, one a message, events/s': packed['single'] ?? 0,
      'events, 100 packed in a message, events/s': packed['packed'] ?? 0,
      'HTTP in batches of 1,000, durable events/s': posted.http,
      'WebSocket, one a frame, durable events/s': posted.webSocket,
      'resident memory after 1 M events, MiB': posted.afterFew,
      'resident memory after 10 M events, MiB': posted.afterMany,
    },
  };
}

function eventRatios(packed: Medians, posted: PostedEvents): Ratio[] {
  return [
    {
      name: 'packed / one per message',
      value: (packed['packed'] ?? 0) / (packed['single'] ?? 1),
      meaning: 'events/s from JetStream to projected, 100 events packed in one message',
      floor: 1.5,
      goal: 2,
    },
    {
      name: 'memory after 10 M / after 1 M events',
      value: posted.afterMany / posted.afterFew,
      meaning: 'resident memory of the built host',
      floor: 1.05,
      goal: 1.05,
      lessIsBetter: true,
    },
  ];
}

function named(prefix: string, medians: Medians): Record<string, number> {
  return Object.fromEntries(
    Object.entries(medians).map(([name, value]) => [`${prefix} ${name}, messages/s`, value]),
  );
}
