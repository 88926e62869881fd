import type { PortfolioCheckpoint } from '../../src-contract/checkpoint.ts';
import type { PortfolioListener, PriceChoice } from '../projections/portfolios/portfolio-projection.ts';
import { PortfolioProjection } from '../projections/portfolios/portfolio-projection.ts';
import { IntakeHub } from '../pipeline/intake-hub.ts';
import { LedgerCount } from '../pipeline/ledger-count.ts';
import { storedEvents } from '../pipeline/stored-events.ts';
import type { EntranceLimits } from '../pipeline/stream-entrance.ts';
import type { Committed, EventBatch, StreamRecord } from '../../src-contract/journal.ts';
import type { Clock } from '../lib/clock.ts';
import type { Stoppable } from '../lib/disposables.ts';
import type { LatencyHistogram } from '../lib/latency-histogram.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import { Supervisor } from '../lib/supervisor.ts';
import type { Store } from '../store/open-store.ts';
import { Checkpointer } from './checkpointer.ts';
import { ServiceStates } from './service-states.ts';

/** Streams of earlier runs that System lists: the latest. */
const KNOWN_STREAMS = 100;
/** Journal rows read per step of a replay. */
const REPLAY_ROWS = 5000;
/** First and longest wait until a refused commit is tried again, in milliseconds. */
const RETRY_MS = { first: 100, max: 3000 };

/** What an environment's runtime is made of. */
export interface RuntimeOptions {
  env: string;
  store: Store;
  clock: Clock;
  random: Random;
  log: Log;
  limits: EntranceLimits;
  decimals: number;
  /** Which prices count; changed later by the projection's `choosePrices`. */
  prices: PriceChoice;
  commitLatency: LatencyHistogram;
  listener: PortfolioListener;
  /** A portfolio worker changed its state. */
  onWorker: (id: string) => void;
  onStored: (events: number) => void;
  /** A part of the work with the store, such as `batches of dev`, failed; null: it works again. */
  onStoreFailure: (part: string, error: unknown) => void;
  /** The store has been asked to forget these slugs. */
  onForget: (slugs: string[]) => void;
}

/** Everything in memory of one environment: its way into the store, its projections, its checkpoints. */
export class EnvironmentRuntime implements Stoppable {
  readonly env: string;
  readonly projection: PortfolioProjection;
  readonly workers: Supervisor;
  readonly workerStates: ServiceStates;
  readonly hub: IntakeHub;
  readonly #ledgers: Map<string, LedgerCount>;
  readonly #checkpointer: Checkpointer<PortfolioCheckpoint>;

  private constructor(options: RuntimeOptions, parts: RuntimeParts) {
    this.env = options.env;
    this.projection = parts.projection;
    this.workers = parts.workers;
    this.workerStates = parts.workerStates;
    this.#ledgers = parts.ledgers;
    this.hub = new IntakeHub(hubOptions(options, parts, (source) => this.#ledgerOf(source)));
    this.#checkpointer = new Checkpointer({
      clock: options.clock,
      take: () => this.projection.takeCheckpoint(),
      write: (checkpoint) => options.store.writer.checkpoint(checkpoint),
      onWritten: (checkpoint) => {
        if (checkpoint.forgets.length > 0) options.onForget(slugsForgotten(checkpoint));
      },
      onFailure: (error) => options.onStoreFailure(`checkpoints of ${options.env}`, error),
    });
  }

  /** Loads the last checkpoint of an environment and replays the journal after it. */
  static async open(options: RuntimeOptions): Promise<EnvironmentRuntime> {
    const { env, store, clock, random, log } = options;
    const workerStates = new ServiceStates(() => clock.now());
    const workers = new Supervisor({
      clock,
      random,
      log,
      onChange: (state) => {
        workerStates.take(state);
        options.onWorker(state.id);
      },
    });
    const [state, stored, streams] = await Promise.all([
      store.jobs.portfolioState(env),
      store.jobs.ledgers(env),
      store.jobs.streams(env),
    ]);
    const projection = new PortfolioProjection({
      env,
      decimals: options.decimals,
      prices: options.prices,
      supervisor: workers,
      listener: options.listener,
      state,
    });
    await replay(store, env, projection);
    const ledgers = new Map(stored.map((ledger) => [ledger.source, new LedgerCount(ledger)]));
    return new EnvironmentRuntime(options, {
      projection,
      workers,
      workerStates,
      ledgers,
      known: streams.slice(-KNOWN_STREAMS),
    });
  }

  /** The ledger of every source this environment ever had. */
  ledgers(): { source: string; count: LedgerCount }[] {
    return [...this.#ledgers].map(([source, count]) => ({ source, count }));
  }

  /** The slugs that have opted out and that the store does not know of yet. */
  leaving(): ReadonlySet<string> {
    return new Set([...this.projection.forgetting, ...slugsForgotten(this.#checkpointer.unwritten)]);
  }

  /** Writes the projection's state now. */
  checkpoint(): Promise<void> {
    return this.#checkpointer.write();
  }

  /** Drains what was offered, writes the last checkpoint, stops the workers. Sources have stopped before. */
  async stop(): Promise<void> {
    await this.hub.drained();
    await this.#checkpointer.stop();
    await this.workers.stop();
  }

  /** Gives up at once: for the end of a process whose store does not answer. */
  abandon(): void {
    this.hub.abandon();
  }

  #ledgerOf(source: string): LedgerCount {
    const known = this.#ledgers.get(source) ?? new LedgerCount();
    this.#ledgers.set(source, known);
    return known;
  }
}

interface RuntimeParts {
  projection: PortfolioProjection;
  workers: Supervisor;
  workerStates: ServiceStates;
  ledgers: Map<string, LedgerCount>;
  known: readonly StreamRecord[];
}

function hubOptions(
  options: RuntimeOptions,
  { projection, known }: Pick<RuntimeParts, 'projection' | 'known'>,
  ledgerOf: (source: string) => LedgerCount,
): ConstructorParameters<typeof IntakeHub>[0] {
  const { env, store, clock, limits, commitLatency, onStored, onStoreFailure } = options;
  const part = `batches of ${env}`;
  return {
    env,
    known,
    clock,
    limits,
    ledgerOf,
    openStream: (stream) => store.writer.openStream(stream, clock.now()),
    recordGap: (incarnation, gap) => store.writer.recordGap(incarnation, gap, clock.now()),
    passOver: (incarnation, lastSeq) => store.writer.passOver(incarnation, lastSeq),
    commit: async (batch: EventBatch): Promise<Committed> => {
      const begun = clock.monotonic();
      const committed = await store.writer.commit(batch);
      commitLatency.record((clock.monotonic() - begun) * 1000);
      onStoreFailure(part, null);
      return committed;
    },
    onCommitted: (committed, events) => {
      projection.apply(committed.batch, events);
      onStored(events.length);
    },
    onFailure: (error) => onStoreFailure(part, error),
    retryDelay: (attempt) => Math.min(RETRY_MS.max, RETRY_MS.first * 2 ** (attempt - 1)),
  };
}

async function replay(store: Store, env: string, projection: PortfolioProjection): Promise<void> {
  for (;;) {
    const batches = await store.jobs.replay(env, projection.batch, REPLAY_ROWS);
    if (batches.length === 0) return;
    for (const stored of batches) projection.apply(stored.batch, storedEvents(stored));
  }
}

function slugsForgotten(checkpoint: PortfolioCheckpoint | null): string[] {
  return (checkpoint?.forgets ?? []).map(({ slug }) => slug);
}
