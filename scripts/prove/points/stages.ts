import { setTimeout as sleep } from 'node:timers/promises';
import { STAGE_IDS, type AnalyticsSummary, type StageId } from '../../../src-contract/analytics.ts';
import type { SystemReport } from '../../../src-contract/system.ts';
import { seededRandom } from '../../../src-main/lib/random.ts';
import { EventMaker } from '../../load/event-maker.ts';
import { sampling } from '../checks/sampling.ts';
import { StageWatch } from '../checks/stage-watch.ts';
import { atMost, counted, nothingWrong, type Finding, type Point } from '../finding.ts';
import { driveLane } from '../hosts/event-lane.ts';
import { openTarget } from '../hosts/event-lanes.ts';
import { Lab } from '../hosts/lab.ts';
import { residentMemory } from '../hosts/resident-memory.ts';
import { slowedWhileReadingNats } from '../hosts/slowed-nats.ts';
import { Window } from '../hosts/window.ts';

interface Scale {
  stages: readonly StageId[];
  /** How long the host works before its memory counts: buffers grow to what the load asks for. */
  warmMs: number;
  /** How long each is slowed, and how long all of them run freely in between. */
  slowMs: number;
  freeMs: number;
  /** Messages read from NATS while each stage is slowed. */
  messages: number;
  /** The most memory while stages are slowed, against the most before. */
  memory: number;
}

export const FULL: Scale = {
  ...{ stages: STAGE_IDS, warmMs: 60_000, slowMs: 30_000, freeMs: 10_000, messages: 100_000, memory: 1.15 },
};
export const SHORT: Scale = {
  ...{ stages: ['commit'], warmMs: 1500, slowMs: 3500, freeMs: 1500, messages: 15_000, memory: 2 },
};

const SLOW_BY_MS = 50;
const NAMED_WITHIN_MS = 3000;

/** Slows one stage after the other under load, over HTTP and WebSocket in a host, and from NATS. */
export const run: Point<Scale> = async (options) => [
  ...(await underRequests(options)),
  ...(await Lab.use(options.signal, (lab) => slowedWhileReadingNats(lab, options.scale, SLOW_BY_MS))),
];

const underRequests: Point<Scale> = ({ scale, log, signal }) =>
  Lab.use(signal, async (lab) => {
    const { host, rest } = await lab.serve('--no-demo', '--env', 'dev');
    await rest.activate('demo');
    const load = await startLoad(lab, host.url);
    const drill = await openDrill(lab, host.url);
    let most = 0;
    const samples = sampling(signal, async () => {
      most = Math.max(most, residentMemory(host.pid));
      return overfullQueues(await rest.status());
    });
    await sleep(scale.warmMs, undefined, { signal });
    const before = most;
    const findings: Finding[] = [];
    for (const stage of scale.stages) {
      const refusedBefore = load.refused();
      await drill.slow(stage, SLOW_BY_MS);
      await sleep(scale.slowMs, undefined, { signal });
      await drill.slow(stage, 0);
      const named = drill.watch.namedAfter(stage);
      log(`${stage} was named after ${Math.round(named)} ms; ${most.toFixed(0)} MiB`);
      findings.push(
        atMost(`${stage}, slowed by ${SLOW_BY_MS} ms, was named after`, named, NAMED_WITHIN_MS, 'ms'),
        atLeastOne(`requests answered 429 while ${stage} was slowed`, load.refused() - refusedBefore),
      );
      await sleep(scale.freeMs, undefined, { signal });
    }
    const made = await load.end();
    const status = await lab.until('everything is stored', 60_000, async () => {
      const now = await rest.status();
      return now.ledger.waiting === 0 ? now : undefined;
    });
    const sampled = await samples.stop();
    const { processed } = await rest.get<AnalyticsSummary>('/api/analytics/summary?window=start');
    const { watch } = drill;
    return [
      ...findings,
      nothingWrong('looks at the map of pressure without an overfull queue', watch.looks, watch.overfull),
      nothingWrong('samples of the status without an overfull queue', sampled.length, sampled.flat()),
      counted('events stored of those that were accepted', status.ledger.stored, made),
      counted('events processed of those that were accepted', processed, made),
      atMost('memory of the host, most against before', most / before, scale.memory, 'times'),
    ];
  });

/** More requests at once than there is room for: how many are refused depends on how fast the others are taken. */
async function startLoad(lab: Lab, url: string) {
  const http = await openTarget(['--target', 'http', '--url', url, '--batch', '500', '--connections', '60']);
  const frames = await openTarget(['--target', 'ws', '--url', url, '--connections', '2']);
  lab.defer(() => http.stop());
  lab.defer(() => frames.stop());
  const random = seededRandom(3);
  const maker = new EventMaker({ events: 'analytics', bad: 0, repeated: 0, run: 'stages', random });
  let isOver = false;
  let refused = 0;
  const counting = {
    async send(events: readonly string[]) {
      const answer = await http.send(events);
      if (answer.kind === '429') refused += 1;
      return answer;
    },
  };
  const lanes = [
    { title: 'HTTP', target: counting, maker, batch: 500, atOnce: 60 },
    { title: 'WebSocket', target: frames, maker, batch: 1, atOnce: 50 },
  ];
  const driving = Promise.all(lanes.map((lane) => driveLane(lane, () => isOver, lab.signal)));
  driving.catch(() => undefined);
  return {
    refused: () => refused,
    /** Ends it; answers how many events were accepted. */
    async end(): Promise<number> {
      isOver = true;
      await driving;
      return maker.counts.made;
    },
  };
}

/** A window on the map of pressure, from which stages are slowed. */
async function openDrill(lab: Lab, url: string) {
  const window = new Window(url);
  lab.defer(() => window.close());
  const watch = new StageWatch();
  window.client.open('pipeline', {}, ({ state }) => {
    if (state === null) return;
    const { bottleneck, sources } = state.head;
    watch.take({ bottleneck, sources, stages: [...state.rows.values()] }, performance.now());
  });
  await lab.until('the map of pressure is shown', 10_000, () => (watch.looks > 0 ? true : undefined));
  return {
    watch,
    async slow(stage: StageId, ms: number): Promise<void> {
      if (ms > 0) watch.slowed(stage, performance.now());
      else watch.lifted();
      await window.client.call('drill.run', { drill: 'slow_stage', stage, slow_ms: ms });
    },
  };
}

function overfullQueues({ queues }: SystemReport): string[] {
  return queues.flatMap(({ id, size, high_water: highWater, limit }) =>
    Math.max(size, highWater) > limit ? [`${id}: ${Math.max(size, highWater)} of ${limit}`] : [],
  );
}

function atLeastOne(what: string, actual: number): Finding {
  return { what, figure: String(actual), holds: actual > 0 };
}
