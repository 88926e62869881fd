import { fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import type { SourceIntake } from '../src-contract/intake.ts';
import { systemClock } from '../src-main/lib/clock.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { seededRandom } from '../src-main/lib/random.ts';
import { natsOptionsOf } from '../src-main/engine/nats-options-of.ts';
import { startNatsSource } from '../src-main/sources/nats/nats-source.ts';
import { startNatsServer, type NatsServer } from '../src-main/sources/nats/testing/nats-server.ts';
import { makeStream, publishAll } from '../src-main/sources/nats/testing/publish.ts';
import { openFullIntake } from './full-intake.ts';
import { hostLoopDelay } from './loop-delay.ts';
import { NullIntake } from './null-intake.ts';
import type { BenchResult } from './report.ts';
import { interleavedMedians, type Medians } from './rounds.ts';
import { priceStream } from './price-stream.ts';

const MESSAGES = 800_000;
const CORE_MESSAGES = 500_000;
const ROUNDS = 7;
/** Decides nothing: keeps the compiler from leaving out what is parsed. */
let parsed = 0;

/** NATS → committed → projected, against the same client only counting, and against receiving and parsing. */
export async function run(): Promise<BenchResult> {
  const server = await startNatsServer();
  try {
    await makeStream(server.url, 'dev');
    await publishAll(server.url, priceStream('dev', MESSAGES));
    const jetstream = await measure((intake) => readStream(server, intake), MESSAGES);
    const core = await measure((intake) => readPlain(server, intake), CORE_MESSAGES);
    const delay = await hostLoopDelay(server, MESSAGES);
    return report(jetstream, core, delay);
  } finally {
    await server.stop();
  }
}

type Read = (intake: SourceIntake) => Promise<() => Promise<void>>;

async function measure(read: Read, messages: number): Promise<Medians> {
  return interleavedMedians(
    [
      { name: 'count', run: () => throughNull(read, messages, () => undefined) },
      { name: 'parse', run: () => throughNull(read, messages, parseBody) },
      { name: 'full', run: () => throughAll(read, messages) },
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

async function throughAll(read: Read, messages: number): Promise<number> {
  const all = Promise.withResolvers<null>();
  const clock = new RateClock(messages);
  const full = await openFullIntake('dev', (events) => {
    clock.seen(events);
    if (clock.total >= messages) all.resolve(null);
  });
  const stop = await read(full.runtime.hub.of('nats'));
  await all.promise;
  await stop();
  await full.stop();
  return clock.rate();
}

/** Rate over the second half of the messages: connecting, and compiling in every new thread, is not what is measured. */
class RateClock {
  total = 0;
  readonly #messages: number;
  #begun: { at: number; count: number } | null = null;
  #ended = 0;

  constructor(messages: number) {
    this.#messages = messages;
  }

  seen(count: number): void {
    this.total += count;
    if (this.#begun === null && this.total >= this.#messages / 2) {
      this.#begun = { at: performance.now(), count: this.total };
    }
    if (this.total >= this.#messages) this.#ended = performance.now();
  }

  rate(): number {
    const begun = this.#begun ?? { at: 0, count: 0 };
    return ((this.total - begun.count) * 1000) / (this.#ended - begun.at);
  }
}

async function readStream(server: NatsServer, intake: SourceIntake): Promise<() => Promise<void>> {
  const source = startNatsSource({
    options: natsOptionsOf({ url: server.url, ensureStream: false }),
    env: 'dev',
    instanceId: 'bench',
    ensureStream: false,
    intake,
    clock: systemClock,
    random: seededRandom(1),
    log: silentLog,
  });
  return Promise.resolve(() => source.stop());
}

/** Plain subscription: the publisher, in a process of its own, waits for credit so that nothing is lost. */
async function readPlain(server: NatsServer, intake: SourceIntake): Promise<() => Promise<void>> {
  const { readWithCredit } = await import('./credit-reader.ts');
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

function report(jetstream: Medians, core: Medians, delay: { idleMs: number; busyMs: number }): BenchResult {
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
        goal: 0.4,
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
    ],
    absolute: {
      ...named('jetstream', jetstream),
      ...named('core', core),
      'host loop delay P99 idle, ms': delay.idleMs,
      'host loop delay P99 busy, ms': delay.busyMs,
      'fields parsed': parsed,
    },
  };
}

function named(prefix: string, medians: Medians): Record<string, number> {
  return Object.fromEntries(
    Object.entries(medians).map(([name, value]) => [`${prefix} ${name}, messages/s`, value]),
  );
}
