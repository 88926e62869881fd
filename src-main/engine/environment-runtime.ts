import type { PortfolioCheckpoint } from '../../src-contract/checkpoint.ts';
import { ActivityProjection } from '../projections/activity/activity-projection.ts';
import { AnalyticsProjection } from '../projections/analytics/analytics-projection.ts';
import { InvoiceProjection } from '../projections/invoices/invoice-projection.ts';
import { PortfolioProjection } from '../projections/portfolios/portfolio-projection.ts';
import { TickerProjection } from '../projections/tickers/ticker-projection.ts';
import { IntakeHub } from '../pipeline/intake-hub.ts';
import { LedgerCount } from '../pipeline/ledger-count.ts';
import type { TickerCheckpoint } from '../../src-contract/ticker-checkpoint.ts';
import { LocalIntake } from '../sources/intake/local-intake.ts';
import type { Stoppable } from '../lib/disposables.ts';
import { Supervisor } from '../lib/supervisor.ts';
import { PipelineStages } from '../pipeline/stages/pipeline-stages.ts';
import { Checkpointer } from './checkpointer.ts';
import { DAY_MS, startOfDay } from './day.ts';
import { EnvironmentEvents } from './events/environment-events.ts';
import { EventLatencies } from './events/event-latencies.ts';
import { hubOptions, type HubParts } from './hub-options.ts';
import { EnvironmentInvoices } from './invoices/environment-invoices.ts';
import { replay } from './replay.ts';
import { EnvironmentWatchlists } from './tickers/environment-watchlists.ts';
import { fillSparks, SPARK_MS } from './tickers/fresh-sparks.ts';
import { ServiceStates } from './service-states.ts';
import type { RuntimeOptions } from './runtime-options.ts';

/** Streams of earlier runs that System lists: the latest. */
const KNOWN_STREAMS = 100;

/** Everything in memory of one environment: its way into the store, its projections, its checkpoints. */
export class EnvironmentRuntime implements Stoppable {
  readonly env: string;
  readonly projection: PortfolioProjection;
  readonly tickers: TickerProjection;
  readonly invoices: EnvironmentInvoices;
  readonly events: EnvironmentEvents;
  readonly stages: PipelineStages;
  /** How long events took from receipt. */
  readonly latencies: EventLatencies;
  readonly workers: Supervisor;
  readonly workerStates: ServiceStates;
  readonly hub: IntakeHub;
  /** Events that the host hands over; all of it is answered when this environment stops. */
  readonly localIntake: LocalIntake;
  readonly watchlists: EnvironmentWatchlists;
  readonly #ledgers: Map<string, LedgerCount>;
  readonly #checkpointer: Checkpointer<PortfolioCheckpoint>;
  readonly #candles: Checkpointer<TickerCheckpoint>;

  private constructor(options: RuntimeOptions, parts: RuntimeParts) {
    this.env = options.env;
    this.projection = parts.projection;
    this.tickers = parts.tickers;
    this.invoices = parts.invoices;
    this.events = parts.events;
    this.latencies = parts.latencies;
    this.stages = parts.stages;
    this.workers = parts.workers;
    this.workerStates = parts.workerStates;
    this.#ledgers = parts.ledgers;
    this.watchlists = parts.watchlists;
    this.hub = new IntakeHub(hubOptions(options, parts, (source) => this.#ledgerOf(source)));
    this.localIntake = new LocalIntake({
      clock: options.clock,
      of: (source) => this.hub.of(source),
      ...(options.soon === undefined ? {} : { soon: options.soon }),
    });
    this.#checkpointer = new Checkpointer({
      clock: options.clock,
      take: () => this.projection.takeCheckpoint(),
      write: (checkpoint) => options.store.writer.checkpoint(checkpoint),
      onWritten: (checkpoint) => {
        if (checkpoint.forgets.length > 0) options.onForget(slugsForgotten(checkpoint));
      },
      onFailure: (error) => options.onStoreFailure(`checkpoints of ${options.env}`, error),
    });
    this.#candles = new Checkpointer({
      clock: options.clock,
      take: () => this.tickers.takeCheckpoint(),
      write: (checkpoint) => options.store.writer.tickerCheckpoint(checkpoint),
      onWritten: () => undefined,
      onFailure: (error) => options.onStoreFailure(`candles of ${options.env}`, error),
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
    const [state, tickerState, invoiceState, activityState, analyticsState, stored, streams, lists] =
      await storedOf(options);
    const projection = new PortfolioProjection({
      env,
      decimals: options.decimals,
      prices: options.prices,
      ...(options.staleAfter === undefined ? {} : { staleAfter: options.staleAfter }),
      supervisor: workers,
      listener: options.listener,
      state,
    });
    const watchlists = new EnvironmentWatchlists({
      lists,
      save: (changed) => store.writer.saveWatchlists(env, changed),
      onChange: (symbols) => {
        options.onWatchlists(symbols);
        void runtime.#fillSparks(symbols, options);
      },
    });
    const tickers = new TickerProjection({
      env,
      state: tickerState,
      listener: options.tickerListener,
      isWatched: (symbol) => watchlists.watched.has(symbol),
    });
    const invoices = new InvoiceProjection({ env, state: invoiceState, baseCurrency: options.baseCurrency });
    const activity = new ActivityProjection({ env, state: activityState });
    const analytics = new AnalyticsProjection({ env, state: analyticsState, now: () => clock.now() });
    await replay(store, env, clock.now(), { projection, tickers, invoices, activity, analytics });
    const ledgers = new Map(stored.map((ledger) => [ledger.source, new LedgerCount(ledger)]));
    const runtime = new EnvironmentRuntime(options, {
      projection,
      tickers,
      invoices: invoicesOf(options, invoices),
      events: eventsOf(options, activity, analytics),
      latencies: new EventLatencies(clock),
      stages: stagesOf(options),
      watchlists,
      workers,
      workerStates,
      ledgers,
      known: streams.slice(-KNOWN_STREAMS),
    });
    return runtime;
  }

  /** Resolves when everything that is committed by now is counted. */
  applied(): Promise<void> {
    return this.stages.applied();
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

  /** Writes the candles of all prices so far. */
  checkpointCandles(): Promise<void> {
    return this.#candles.write();
  }

  /** Drains what was offered, writes the last checkpoint, stops the workers. Sources have stopped before. */
  async stop(): Promise<void> {
    this.stages.lift();
    await this.localIntake.stop();
    await this.hub.drained();
    await this.#checkpointer.stop();
    await this.#candles.stop();
    await this.invoices.stop();
    await this.events.stop();
    await this.workers.stop();
  }

  /** Gives up at once: for the end of a process whose store does not answer. */
  abandon(): void {
    this.hub.abandon();
    void this.localIntake.stop();
  }

  /** Symbols that were not watched have no small chart: its last hour is stored. */
  #fillSparks(symbols: readonly string[], options: RuntimeOptions): Promise<void> {
    const { env, store, clock, log, tickerListener } = options;
    return fillSparks(symbols, {
      env,
      reader: store.screens,
      series: (symbol) => this.projection.quotes.all(symbol),
      base: () => this.projection.currency,
      checkpoint: () => this.checkpointCandles(),
      load: (symbol, sparks) => {
        this.tickers.sparks.load(sparks);
        tickerListener.sparkChanged(symbol);
      },
      isWatched: (symbol) => this.watchlists.watched.has(symbol),
      now: () => clock.now(),
    }).catch((error: unknown) => log.warn('the last hour of new symbols could not be read', { error }));
  }

  #ledgerOf(source: string): LedgerCount {
    const known = this.#ledgers.get(source) ?? new LedgerCount();
    this.#ledgers.set(source, known);
    return known;
  }
}

interface RuntimeParts extends HubParts {
  workers: Supervisor;
  workerStates: ServiceStates;
  ledgers: Map<string, LedgerCount>;
  watchlists: EnvironmentWatchlists;
}

/** Everything that an environment's memory is made of. */
function storedOf({ env, store, clock }: RuntimeOptions) {
  return Promise.all([
    store.jobs.portfolioState(env),
    store.jobs.tickerState(env, clock.now() - SPARK_MS),
    store.jobs.invoiceState(env),
    store.jobs.activityState(env, startOfDay(clock.now()) - DAY_MS),
    store.jobs.analyticsState(env, clock.now()),
    store.jobs.ledgers(env),
    store.jobs.streams(env),
    store.jobs.watchlists(env),
  ]);
}

function invoicesOf(
  { env, store, clock, onInvoices, onStoreFailure }: RuntimeOptions,
  projection: InvoiceProjection,
): EnvironmentInvoices {
  return new EnvironmentInvoices({
    env,
    store,
    clock,
    projection,
    onChange: onInvoices,
    onFailure: (error) => onStoreFailure(`invoices of ${env}`, error),
  });
}

function stagesOf({ clock, limits, demands }: RuntimeOptions): PipelineStages {
  return new PipelineStages({
    clock,
    demands: demands(),
    batchEvents: limits.batchEvents,
    waiting: limits.waiting,
  });
}

function eventsOf(
  { env, store, clock, onEvents, onStoreFailure }: RuntimeOptions,
  activity: ActivityProjection,
  analytics: AnalyticsProjection,
): EnvironmentEvents {
  return new EnvironmentEvents({
    env,
    store,
    clock,
    activity,
    analytics,
    onChange: onEvents,
    onFailure: onStoreFailure,
  });
}

function slugsForgotten(checkpoint: PortfolioCheckpoint | null): string[] {
  return (checkpoint?.forgets ?? []).map(({ slug }) => slug);
}
