import { setTimeout as sleep } from 'node:timers/promises';
import type { StageId } from '../../../src-contract/analytics.ts';
import type { EnvironmentRuntime } from '../../../src-main/engine/environment-runtime.ts';
import { WAITING_LIMIT } from '../../../src-main/engine/waiting-limit.ts';
import { publishOn } from '../../../src-main/sources/nats/testing/publish.ts';
import { sampling } from '../checks/sampling.ts';
import { StageWatch } from '../checks/stage-watch.ts';
import { atMost, counted, nothingWrong, type Finding } from '../finding.ts';
import type { Lab } from './lab.ts';
import { openNatsRuntime } from './nats-runtime.ts';

const LOOK_EVERY_MS = 10;
const NAMED_WITHIN_MS = 3000;
/** Longer than it takes to be named. */
const SLOW_FOR_MS = 3500;

/** Reads a stream while one stage after the other is slowed, and looks whether the reader waits and nothing is lost. */
export async function slowedWhileReadingNats(
  lab: Lab,
  { stages, messages }: { stages: readonly StageId[]; messages: number },
  slowByMs: number,
): Promise<Finding[]> {
  const nats = await lab.nats('dev');
  const publisher = await lab.publisher(nats);
  const runtime = await openNatsRuntime(lab, nats.url, 'dev');
  const read = () => streamOf(runtime)?.storedSeq ?? 0;
  const findings: Finding[] = [];
  let published = 0;
  for (const stage of stages) {
    const watch = new StageWatch();
    const looking = sampling(lab.signal, () => Promise.resolve(lookAt(runtime, watch)), LOOK_EVERY_MS);
    watch.slowed(stage, performance.now());
    runtime.stages.slow(stage, slowByMs);
    const before = read();
    const publishing = publishOn(publisher, events(messages));
    await sleep(SLOW_FOR_MS, undefined, { signal: lab.signal });
    const slowly = (read() - before) / (SLOW_FOR_MS / 1000);
    runtime.stages.slow(stage, 0);
    watch.lifted();
    published += await publishing;
    const left = published - read();
    const liftedAt = performance.now();
    await lab.until('the stream is stored', 120_000, () => (read() === published ? true : undefined));
    const freely = left / ((performance.now() - liftedAt) / 1000);
    await runtime.applied();
    await looking.stop();
    findings.push(
      atMost(`NATS: ${stage} was named after`, watch.namedAfter(stage), NAMED_WITHIN_MS, 'ms'),
      nothingWrong(
        `NATS: looks without an overfull queue while ${stage} was slowed`,
        watch.looks,
        watch.overfull,
      ),
      {
        what: `NATS: messages a second while ${stage} was slowed, and after`,
        figure: `${Math.round(slowly)}, then ${Math.round(freely)}`,
        holds: slowly < freely,
      },
    );
  }
  const { stored } = ledgerOf(runtime);
  return [
    ...findings,
    counted('NATS: events stored', stored, published),
    counted('NATS: events processed', runtime.events.analytics.processed, published),
  ];
}

function streamOf(runtime: EnvironmentRuntime) {
  return runtime.hub.readings().find(({ record }) => record.active);
}

function ledgerOf(runtime: EnvironmentRuntime) {
  const [nats] = runtime.ledgers();
  return nats?.count.read() ?? { stored: 0 };
}

function lookAt(runtime: EnvironmentRuntime, watch: StageWatch): void {
  const waiting = streamOf(runtime)?.waiting ?? 0;
  watch.take(
    {
      bottleneck: bottleneckOf(runtime),
      sources: [{ id: 'nats', title: 'NATS', per_second: 0, waiting, limit: WAITING_LIMIT, refused: 0 }],
      stages: runtime.stages.read(),
    },
    performance.now(),
  );
}

function bottleneckOf(runtime: EnvironmentRuntime) {
  const found = runtime.stages.bottleneck();
  return found === null ? null : { ...found, since: new Date(found.since).toISOString() };
}

function* events(count: number) {
  for (let index = 0; index < count; index += 1) {
    yield { subject: 'dev.analytics.event', body: `{"type":"page_view","value":${index % 100}}` };
  }
}
