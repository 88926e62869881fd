import type { SourceIntake } from '../../../src-contract/intake.ts';
import { backoff } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import type { EventSource, SourceStatus } from '../source.ts';
import { StatusCell } from '../status-cell.ts';
import { describeFailure } from './describe-failure.ts';
import { dial, UnreachableError } from './dial.ts';
import type { NatsOptions } from './nats-options.ts';
import { NatsSession, type ReadingState } from './nats-session.ts';
import { Overlap } from './overlap.ts';
import { shownAddress } from './server-address.ts';

/** What the NATS source works with. */
export interface NatsSourceOptions {
  options: NatsOptions;
  env: string;
  /** What this instance published itself is only confirmed. */
  instanceId: string;
  /** Make a stream when none covers the environment. */
  ensureStream: boolean;
  intake: SourceIntake;
  clock: Clock;
  random: Random;
  log: Log;
}

const BACKOFF = { first: 200, max: 3000, factor: 2, jitter: 0.5 };
/** A connection that was read for this long has held: the next one is tried without much delay, in milliseconds. */
const HELD_MS = 5000;

/** Starts to read an environment from NATS; connects for ever, so it starts even while no server can be reached. */
export function startNatsSource(options: NatsSourceOptions): EventSource {
  const source = new NatsSource(options);
  source.start();
  return source;
}

class NatsSource implements EventSource {
  readonly #options: NatsSourceOptions;
  readonly #status: StatusCell;
  readonly #stop = new AbortController();
  readonly #servers: string;
  readonly #overlap = new Overlap();
  #running: Promise<void> = Promise.resolve();

  constructor(options: NatsSourceOptions) {
    this.#options = options;
    this.#servers = options.options.servers.map(shownAddress).join(', ');
    this.#status = new StatusCell(
      { state: 'connecting', since: options.clock.now(), detail: this.#servers },
      options.log,
    );
  }

  get status(): SourceStatus {
    return this.#status.current;
  }

  onStatus(listener: (status: SourceStatus) => void): () => void {
    return this.#status.on(listener);
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, random } = this.#options;
    const waits = backoff(BACKOFF, random);
    const { signal } = this.#stop;
    while (!signal.aborted) {
      this.#trying();
      try {
        await this.#connectAndRead(() => waits.reset());
      } catch (error) {
        const wait = waits.next();
        this.#unreachable(error, clock.now() + wait);
        await clock.sleep(wait, signal).catch(() => undefined);
      }
    }
  }

  async #connectAndRead(held: () => void): Promise<void> {
    const { options, clock, env, instanceId, intake, log, ensureStream } = this.#options;
    const { signal } = this.#stop;
    const link = await dial(options, `PulseDesk ${env}`, clock, signal);
    try {
      const since = clock.now();
      const begun = clock.monotonic();
      const session = new NatsSession({
        link,
        env,
        instanceId,
        ensureStream,
        intake,
        clock,
        log,
        signal,
        overlap: this.#overlap,
        onReading: (reading) => {
          if (clock.monotonic() - begun > HELD_MS) held();
          this.#live(link.server, since, reading);
        },
      });
      await session.run();
    } finally {
      await link.connection.close();
    }
  }

  #live(server: string, since: number, { streams, plain, exact, troubles }: ReadingState): void {
    if (this.#status.current.state !== 'live') this.#options.log.info('NATS is read', { server, streams });
    const read = [...streams.map((name) => `stream ${name}`), ...plain.map((subject) => `plain ${subject}`)];
    this.#status.set({
      state: 'live',
      since,
      detail: `${server}: ${[read.join(', '), ...troubles].join('; ')}`,
      delivery: exact ? 'exactly once' : 'at most once',
    });
  }

  #trying(): void {
    const { current } = this.#status;
    if (current.state === 'unreachable') this.#status.set({ ...current, retryAt: null });
  }

  /** `since` stays the time at which the server was lost, however often it was tried again. */
  #unreachable(error: unknown, retryAt: number): void {
    if (this.#stop.signal.aborted) return;
    const before = this.#status.current;
    const since = before.state === 'unreachable' ? before.since : this.#options.clock.now();
    const detail =
      error instanceof UnreachableError ? error.message : `${this.#servers}: ${describeFailure(error)}`;
    this.#status.set({ state: 'unreachable', since, retryAt, detail });
    // One line per cause: it is tried again for ever.
    if (before.state !== 'unreachable' || before.detail !== detail) {
      this.#options.log.warn('NATS is unreachable', { detail });
    }
  }
}
