import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { SourceIntake } from '../src-contract/intake.ts';
import { startNatsServer, type NatsServer } from '../src-main/sources/nats/testing/nats-server.ts';
import { makeStream, publishAll } from '../src-main/sources/nats/testing/publish.ts';
import { readWithCredit } from './credit-reader.ts';
import { hostLoopDelay } from './loop-delay.ts';
import { NullIntake } from './null-intake.ts';
import { packedEvents } from './packed-events.ts';
import { postedEvents, type PostedEvents } from './posted-events.ts';
import { RateClock } from './rate-clock.ts';
import { rateThroughAll, readStream, type Read } from './read-stream.ts';
import type { BenchResult, Ratio } from './report.ts';
import { interleavedMedians, type Medians } from './rounds.ts';
import { priceStream } from './price-stream.ts';

const MESSAGES = 800_000;
/** Twice as many a second as of a stream: in half of half a million the writer's thread is still being compiled. */
const CORE_MESSAGES = 1_000_000;
const ROUNDS = 7;
const PACKED_ROUNDS = 5;
/** Decides nothing: keeps the compiler from leaving out what is parsed. */
let parsed = 0;

/** NATS → committed → projected, against the same client only counting, and against receiving and parsing. */
export async function run(): Promise<BenchResult> {
  const server = await startNatsServer();
  try {
    await makeStream(server.url, 'dev');
    await publishAll(server.url, priceStream('dev', MESSAGES));
    const jetstream = await measure(readStream(server.url, 'dev'), MESSAGES);
    const core = await measure((intake) => readPlain(server, intake), CORE_MESSAGES);
    const delay = await hostLoopDelay(server, MESSAGES);
    const packed = await packedEvents(server.url, PACKED_ROUNDS);
    return report({ jetstream, core, delay, packed, posted: await postedEvents() });
  } finally {
    await server.stop();
  }
}

async function measure(read: Read, messages: number): Promise<Medians> {
  return interleavedMedians(
    [
      { name: 'count', run: () => throughNull(read, messages, () => undefined) },
      { name: 'parse', run: () => throughNull(read, messages, parseBody) },
      { name: 'full', run: () => rateThroughAll(read, 'dev', messages) },
    ],
    ROUNDS,
  );
}

function parseBody(body: Uint8Array): void {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString();
  parsed += Object.keys(JSON.parse(text) as object).length;
}

async function throughNull(read: Read, messages: number, look: (body: Uint8Array) => void): Promise<number> {
  const all = Promise.withResolvers<null>();
  const clock = new RateClock(messages);
  const intake = new NullIntake(
    (body) => (clock.seen(1), look(body)),
    messages,
    () => all.resolve(null),
  );
  const stop = await read(intake);
  await all.promise;
  await stop();
  return clock.rate();
}

/** Plain subscription: the publisher, in a process of its own, waits for credit so that nothing is lost. */
async function readPlain(server: NatsServer, intake: SourceIntake): Promise<() => Promise<void>> {
  const stop = await readWithCredit(server.url, intake);
  const publisher = fork(new URL('./credit-publisher.ts', import.meta.url), [
    server.url,
    String(CORE_MESSAGES),
  ]);
  return async () => {
    if (publisher.exitCode === null) await once(publisher, 'exit');
    await stop();
  };
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
      'fields parsed': parsed,
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
