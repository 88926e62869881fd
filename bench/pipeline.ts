import { isDeepStrictEqual } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LatencyHistogram } from '../src-main/lib/latency-histogram.ts';
import { analyticsLine } from './analytics-line.ts';
import { eventTexts } from './event-pool.ts';
import { fusedLoop, type Summing, type Totals } from './fused-loop.ts';
import type { BenchResult, Ratio } from './report.ts';
import { median } from './rounds.ts';

const EVENTS = 1_000_000;
const WARM_UP = 10_000;
const ROUNDS = 7;
/** The ways take turns after so many events. */
const SLICE = 250_000;
const SEED = 5;
/** What the reference dashboard publishes: events a second, and service times in microseconds. */
const REFERENCE = { perSecond: 2_080_000, p50: 0.8, p95: 1.2, p99: 2.1 };
const GOAL_PER_SECOND = 3_000_000;

const WHAT =
  `${EVENTS.toLocaleString('en')} analytics events, parsed before the clock starts, through one thread after a warm-up of ` +
  `${WARM_UP.toLocaleString('en')}: each is validated by the contract's schema, stamped (timestamp, processed_at) and aggregated ` +
  'by the app’s own code into total, exact sum, extremes and average of values, per type, per second and per 5 s, with a ' +
  'sketch of distinct users; the service time of every event, from entering the transformer to leaving the aggregator, is ' +
  'recorded';

/** Service times of one round in microseconds. */
interface ServiceTimes {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/**
 * The pipeline in memory, beside a loop written by hand for the same work and beside itself without measuring: what a
 * pipeline costs, without a network and a disk.
 */
export function run(): Promise<BenchResult> {
  const bench = new PipelineBench(eventTexts(EVENTS, SEED));
  const rounds = Array.from({ length: ROUNDS + 1 }, () => bench.round()).slice(1);
  return Promise.resolve(result(rounds));
}

/** Node's collector, which it offers only when it is asked to. */
const collectGarbage = exposedCollector();

function exposedCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** What one of the ways did in a round. */
class Contender {
  readonly #summing: Summing;
  #seconds = 0;
  #processorSeconds = 0;
  #events = 0;

  constructor(summing: Summing) {
    this.#summing = summing;
  }

  get perSecond(): number {
    return this.#events / this.#seconds;
  }

  /** The share of its time in which the thread had a processor, 0 to 1. */
  get share(): number {
    return this.#processorSeconds / this.#seconds;
  }

  get totals(): Totals {
    return this.#summing.totals();
  }

  run(events: readonly object[]): void {
    // Else the collector would move parsed events about while the clock runs, for whoever comes first.
    collectGarbage();
    const [begun, spent] = [performance.now(), process.threadCpuUsage()];
    this.#summing.run(events);
    this.#seconds += (performance.now() - begun) / 1000;
    const { user, system } = process.threadCpuUsage(spent);
    this.#processorSeconds += (user + system) / 1e6;
    this.#events += events.length;
  }
}

/** Everything of one round. */
interface Round {
  perSecond: Record<'pipeline' | 'fused' | 'unmeasured', number>;
  times: ServiceTimes;
  share: number;
}

class PipelineBench {
  readonly #texts: readonly string[];

  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  /**
   * All events once through each way. They take turns slice by slice, another one first each time, so that whatever the
   * machine does meanwhile hits all alike. Throws an Error where they come to different sums.
   */
  round(): Round {
    const origin = performance.timeOrigin;
    const serviceTimes = new LatencyHistogram();
    const ways: Summing[] = [
      analyticsLine(serviceTimes, origin),
      fusedLoop(new LatencyHistogram(), origin),
      analyticsLine(null, origin),
    ];
    for (const way of ways) way.run(this.#parsed(0, WARM_UP));
    serviceTimes.reset();
    const [pipeline, fused, unmeasured] = ways.map((way) => new Contender(way)) as [
      Contender,
      Contender,
      Contender,
    ];
    const turn = [pipeline, fused, unmeasured];
    for (let from = 0; from < EVENTS; from += SLICE) {
      for (const contender of turn) contender.run(this.#parsed(from, from + SLICE));
      turn.push(...turn.splice(0, 1));
    }
    assertSame(turn.map(({ totals }) => totals));
    return {
      perSecond: {
        pipeline: pipeline.perSecond,
        fused: fused.perSecond,
        unmeasured: unmeasured.perSecond,
      },
      times: timesOf(serviceTimes),
      share: pipeline.share,
    };
  }

  /** Parsed anew each time: strings that were looked up once carry their hash, which those of new events do not. */
  #parsed(from: number, to: number): object[] {
    return this.#texts.slice(from, to).map((text) => JSON.parse(text) as object);
  }
}

function timesOf(serviceTimes: LatencyHistogram): ServiceTimes {
  const of = (percent: number) => serviceTimes.percentile(percent) / 1000;
  return { p50: of(50), p95: of(95), p99: of(99), max: serviceTimes.max / 1000 };
}

function assertSame([first, ...others]: readonly Totals[]): void {
  for (const other of others) {
    if (!isDeepStrictEqual(other, first)) throw new Error('two ways of the same work come to different sums');
  }
}

function result(rounds: readonly Round[]): BenchResult {
  const of = (name: keyof Round['perSecond']) => median(rounds.map(({ perSecond }) => perSecond[name]));
  const middle = (key: keyof ServiceTimes) => median(rounds.map(({ times }) => times[key]));
  const service = (percent: 'p50' | 'p95' | 'p99'): Ratio => ({
    name: `service ${percent.toUpperCase()}, µs`,
    value: middle(percent),
    meaning: 'of an event, from entering the transformer to leaving the aggregator',
    ...{ floor: REFERENCE[percent], goal: REFERENCE[percent] / 2, lessIsBetter: true },
  });
  return {
    name: 'pipeline',
    ratios: [
      {
        name: 'events/s / 2.08 M',
        value: of('pipeline') / REFERENCE.perSecond,
        meaning: 'with every event’s service time recorded, against what the reference publishes',
        ...{ floor: 1, goal: GOAL_PER_SECOND / REFERENCE.perSecond },
      },
      service('p50'),
      service('p95'),
      service('p99'),
      {
        name: 'pipeline / fused by hand',
        value: median(rounds.map(({ perSecond }) => perSecond.pipeline / perSecond.fused)),
        meaning: 'against one function over bare arrays that does the same work and records the same times',
        ...{ floor: 0.7, goal: 0.85 },
      },
      {
        name: 'measured / metrics off',
        value: median(rounds.map(({ perSecond }) => perSecond.pipeline / perSecond.unmeasured)),
        meaning: 'against the same pipeline with one look at the clock a batch',
        ...{ floor: 0.5, goal: 0.7 },
      },
    ],
    absolute: {
      'what is measured': WHAT,
      'pipeline events/s': of('pipeline'),
      'of its time it had a processor, %': median(rounds.map(({ share }) => share)) * 100,
      'fused by hand events/s': of('fused'),
      'metrics off events/s': of('unmeasured'),
      'service max, µs (collector, other programs)': Math.max(...rounds.map(({ times }) => times.max)),
      'service max, median of rounds, µs': middle('max'),
    },
  };
}
