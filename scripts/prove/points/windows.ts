import type { NatsConnection } from '@nats-io/transport-node';
import { seededRandom } from '../../../src-main/lib/random.ts';
import {
  holdingsMessage,
  priceMessage,
  publishOn,
  type OutgoingMessage,
} from '../../../src-main/sources/nats/testing/publish.ts';
import { quantile } from '../checks/quantile.ts';
import { sampling } from '../checks/sampling.ts';
import { changesOf, comesToAgree, hasSnapshots, showFeeds } from '../checks/window-agreement.ts';
import { atMost, counted, type Finding, type Point } from '../finding.ts';
import { Lab } from '../hosts/lab.ts';
import { publishPaced } from '../hosts/paced-publisher.ts';
import { residentMemory } from '../hosts/resident-memory.ts';
import type { RestClient } from '../hosts/rest-client.ts';
import type { ServeProcess } from '../hosts/serve-process.ts';
import { activeStream, storedUpTo } from '../hosts/stream-settled.ts';
import { Window } from '../hosts/window.ts';

interface Scale {
  /** Seconds of load with windows, and without before that. */
  seconds: number;
  baselineSeconds: number;
  perSecond: number;
  /**
   * Seconds of the same load before the memory is looked at: the engines of JavaScript take so long until they have
   * claimed what they collect their garbage in. What is live after a full collection stays the same all the while.
   */
  warmUpSeconds: number;
  /** Most that resident memory may grow within the second half, as a share. */
  growth: number;
}

export const FULL: Scale = {
  seconds: 60,
  baselineSeconds: 20,
  perSecond: 2000,
  warmUpSeconds: 150,
  growth: 0.1,
};
export const SHORT: Scale = {
  seconds: 5,
  baselineSeconds: 2,
  perSecond: 2000,
  warmUpSeconds: 0,
  growth: 0.3,
};

const PORTFOLIOS = 40;
const SYMBOLS = 25;
const SLUG = 'p-7';
const SAMPLE_MS = 200;
/** With windows the engine may be behind by so many milliseconds of events more than without. */
const MORE_BEHIND_MS = 250;
const MIN_RATE = 0.98;

/** Loads the host while one window reconnects in a loop and one stands still; a third must miss nothing. */
export const run: Point<Scale> = ({ scale, log, signal }) =>
  Lab.use(signal, async (lab) => {
    const nats = await lab.nats('dev');
    const { host, rest } = await lab.serve('--nats', nats.url);
    const publisher = await lab.publisher(nats);
    await publishOn(publisher, openingMessages());
    const load = new Load(lab, publisher, host, rest, scale.perSecond);

    log(`${scale.baselineSeconds} s of ${scale.perSecond} prices/s without windows`);
    const alone = await load.run(scale.baselineSeconds);

    const watching = new Window(host.url);
    const standing = new Window(host.url);
    lab.defer(() => watching.close());
    lab.defer(() => standing.close());
    const watched = showFeeds(watching, SLUG);
    const stood = showFeeds(standing, SLUG);
    await lab.until(
      'the windows show something',
      5000,
      () => (hasSnapshots(watched) && hasSnapshots(stood)) || undefined,
    );
    standing.suspend();
    const changesBefore = changesOf(stood);
    const reconnecting = reconnectInLoop(lab, host);
    log(
      `with three windows: ${scale.warmUpSeconds} s to warm up, then ${scale.seconds} s that are looked at`,
    );
    const warmUp = await load.run(scale.warmUpSeconds);
    const together = await load.run(scale.seconds);
    const reconnections = await reconnecting.stop();

    const missed = await comesToAgree(
      'the third window shows what the host answers',
      lab,
      rest,
      watched,
      SLUG,
    );
    const framesWhileStanding = changesOf(stood) - changesBefore;
    standing.resume();
    const loaded = scale.baselineSeconds + scale.warmUpSeconds + scale.seconds;
    return [
      counted('prices stored', alone.stored + warmUp.stored + together.stored, scale.perSecond * loaded),
      missed,
      counted('snapshots the third window had to ask for again', watching.resyncs, 0),
      {
        what: 'times the first window reconnected',
        figure: String(reconnections),
        holds: reconnections > scale.seconds,
      },
      // One frame may be under way when it stops; it can carry a part of each feed.
      atMost('changes the window got after it stood still', framesWhileStanding, 3, 'changes'),
      await comesToAgree('awake again, the second one too', lab, rest, stood, SLUG),
      ...memoryFindings(together.memory, scale.growth),
      ...throughputFindings(alone, together, scale.perSecond),
    ];
  });

function openingMessages(): OutgoingMessage[] {
  return Array.from({ length: PORTFOLIOS }, (_, index) =>
    holdingsMessage(
      'dev',
      'opted_in',
      `p-${index}`,
      [0, 3, 8, 15].map((step) => ({
        symbol: symbolOf(index + step),
        quantity: 1.5 + index,
        avg_price: 99.5,
      })),
    ),
  );
}

function symbolOf(index: number): string {
  return `SYM${index % SYMBOLS}`;
}

interface LoadResult {
  stored: number;
  /** Prices stored per second, from the first to the last. */
  rate: number;
  /** Messages published and not yet stored, at each sample. */
  behind: number[];
  /** Resident memory at each sample, MiB. */
  memory: number[];
}

/** Prices at a steady rate, and what the host makes of them. */
class Load {
  readonly #lab: Lab;
  readonly #publisher: NatsConnection;
  readonly #host: ServeProcess;
  readonly #rest: RestClient;
  readonly #perSecond: number;
  readonly #random = seededRandom(31);
  #published = PORTFOLIOS;

  constructor(lab: Lab, publisher: NatsConnection, host: ServeProcess, rest: RestClient, perSecond: number) {
    this.#lab = lab;
    this.#publisher = publisher;
    this.#host = host;
    this.#rest = rest;
    this.#perSecond = perSecond;
  }

  async run(seconds: number): Promise<LoadResult> {
    const before = this.#published;
    const samples = sampling(this.#lab.signal, () => this.#sample(), SAMPLE_MS);
    const begun = performance.now();
    await publishPaced(this.#publisher, this.#prices(seconds * this.#perSecond), {
      perSecond: this.#perSecond,
      signal: this.#lab.signal,
      onPublished: (count) => (this.#published = before + count),
    });
    const status = await storedUpTo(this.#lab, this.#rest, this.#published, 30_000);
    const took = (performance.now() - begun) / 1000;
    const taken = await samples.stop();
    const stored = (activeStream(status)?.stored_seq ?? 0) - before;
    return {
      stored,
      rate: stored / took,
      behind: taken.map(({ behind }) => behind),
      memory: taken.map(({ memory }) => memory),
    };
  }

  async #sample(): Promise<{ behind: number; memory: number }> {
    const published = this.#published;
    const status = await this.#rest.status();
    return {
      behind: Math.max(0, published - (activeStream(status)?.stored_seq ?? 0)),
      memory: residentMemory(this.#host.pid),
    };
  }

  #prices(count: number): OutgoingMessage[] {
    return Array.from({ length: count }, (_, index) =>
      priceMessage('dev', symbolOf(index), this.#random.int(100, 99_999) / 100),
    );
  }
}

/** A window that is closed as soon as it shows something, and opened again; counts how often. */
function reconnectInLoop(lab: Lab, host: ServeProcess): { stop(): Promise<number> } {
  let isStopped = false;
  const looping = loop();
  looping.catch(() => undefined);

  async function loop(): Promise<number> {
    for (let count = 0; ; count++) {
      if (isStopped) return count;
      const window = new Window(host.url);
      const shown = showFeeds(window, SLUG);
      try {
        await lab.until('a window shows something', 5000, () => hasSnapshots(shown) || undefined);
      } finally {
        await window.close();
      }
    }
  }

  return {
    stop() {
      isStopped = true;
      return looping;
    },
  };
}

function memoryFindings(memory: readonly number[], growth: number): Finding[] {
  const quarter = Math.floor(memory.length / 4);
  const third = quantile(memory.slice(2 * quarter, 3 * quarter), 0.5);
  const fourth = quantile(memory.slice(3 * quarter), 0.5);
  const limit = third * (1 + growth);
  const what = `resident memory, third to fourth quarter (may grow by ${growth * 100} %)`;
  return [{ what, figure: `${third.toFixed(0)} → ${fourth.toFixed(0)} MiB`, holds: fourth <= limit }];
}

function throughputFindings(alone: LoadResult, together: LoadResult, perSecond: number): Finding[] {
  const share = together.rate / alone.rate;
  const behindAlone = quantile(alone.behind, 0.95);
  const more = (MORE_BEHIND_MS / 1000) * perSecond;
  return [
    {
      what: `prices stored per second, against without windows (at least ${MIN_RATE})`,
      figure: `${together.rate.toFixed(0)} against ${alone.rate.toFixed(0)}`,
      holds: share >= MIN_RATE,
    },
    atMost(
      '95 % of the time behind by, with windows',
      quantile(together.behind, 0.95),
      behindAlone + more,
      'messages',
    ),
  ];
}
