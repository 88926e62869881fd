import { isDeepStrictEqual } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LatencyHistogram } from '../src-main/lib/latency-histogram.ts';
import { analyticsLine } from './analytics-line.ts';
import { eventTexts } from './event-pool.ts';
import { fusedLoop, type Summing, type Totals } from './fused-loop.ts';
import type { BenchResult, Ratio } from './report.ts';
import { interleavedMedians, median, type Medians } from './rounds.ts';

const EVENTS = 1_000_000;
const WARM_UP = 10_000;
const ROUNDS = 9;
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
export async function run(): Promise<BenchResult> {
  const texts = eventTexts(EVENTS, SEED);
  const bench = new PipelineBench(texts);
  const medians = await interleavedMedians(
    [
      { name: 'pipeline', run: () => bench.measured() },
      { name: 'fused', run: () => bench.fused() },
      { name: 'unmeasured', run: () => bench.unmeasured() },
    ],
    ROUNDS,
  );
  return result(medians, bench.times.slice(1), median(bench.shares));
}

/** Node's collector, which it offers only when it is asked to. */
const collectGarbage = exposedCollector();

function exposedCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

class PipelineBench {
  readonly times: ServiceTimes[] = [];
  /** Of each round the share of its time in which the thread had a processor. */
  readonly shares: number[] = [];
  readonly #texts: readonly string[];
  readonly #origin = performance.timeOrigin;
  #expected: Totals | null = null;

  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  async measured(): Promise<number> {
    const serviceTimes = new LatencyHistogram();
    const line = analyticsLine(serviceTimes, this.#origin);
    line.run(this.#parsed(WARM_UP));
    serviceTimes.reset();
    return this.#timed(line, () => {
      const of = (percent: number) => serviceTimes.percentile(percent) / 1000;
      this.times.push({ p50: of(50), p95: of(95), p99: of(99), max: serviceTimes.max / 1000 });
    });
  }

  async unmeasured(): Promise<number> {
    const line = analyticsLine(null, this.#origin);
    line.run(this.#parsed(WARM_UP));
    return this.#timed(line);
  }

  async fused(): Promise<number> {
    const loop = fusedLoop(new LatencyHistogram(), this.#origin);
    loop.run(this.#parsed(WARM_UP));
    return this.#timed(loop);
  }

  /** Events a second. Throws an Error where two ways of the same work come to different sums. */
  #timed({ run: pass, totals }: Summing, after: () => void = () => undefined): Promise<number> {
    const events = this.#parsed(EVENTS);
    // Else the collector would move a million parsed events about while the clock runs, for whoever comes first.
    collectGarbage();
    const [begun, spent] = [performance.now(), process.threadCpuUsage()];
    pass(events);
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.threadCpuUsage(spent);
    this.shares.push((user + system) / 1e6 / seconds);
    after();
    this.#expected ??= totals();
    if (!isDeepStrictEqual(totals(), this.#expected)) throw new Error('two ways of the same work differ');
    return Promise.resolve(events.length / seconds);
  }

  /** Parsed anew each time: strings that were looked up once carry their hash, which those of new events do not. */
  #parsed(count: number): object[] {
    return this.#texts.slice(0, count).map((text) => JSON.parse(text) as object);
  }
}

function result(medians: Medians, times: readonly ServiceTimes[], share: number): BenchResult {
  const of = (name: string) => medians[name] ?? 0;
  const middle = (key: keyof ServiceTimes) => median(times.map((round) => round[key]));
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
        value: of('pipeline') / of('fused'),
        meaning: 'against one function over bare arrays that does the same work and records the same times',
        ...{ floor: 0.7, goal: 0.85 },
      },
      {
        name: 'measured / metrics off',
        value: of('pipeline') / of('unmeasured'),
        meaning: 'against the same pipeline with one look at the clock a batch',
        ...{ floor: 0.5, goal: 0.7 },
      },
    ],
    absolute: {
      'what is measured': WHAT,
      'pipeline events/s': of('pipeline'),
      'of its time it had a processor, %': share * 100,
      'fused by hand events/s': of('fused'),
      'metrics off events/s': of('unmeasured'),
      'service max, µs (collector, other programs)': Math.max(...times.map(({ max }) => max)),
      'service max, median of rounds, µs': middle('max'),
    },
  };
}
