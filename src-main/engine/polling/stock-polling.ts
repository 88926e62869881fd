import type { Breaker, BreakerReport, MockFaults, Polling } from '../../../src-contract/polling.ts';
import { ContractError } from '../../../src-contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Random } from '../../lib/random.ts';
import type { Log } from '../../lib/log.ts';
import type { ServiceContext } from '../../lib/service.ts';
import { staleAfter, type FreshnessRule, type FreshnessRules } from '../../projections/quotes/freshness.ts';
import { PollBreaker } from '../../sources/stocks/poll-breaker.ts';
import { pollInterval } from '../../sources/stocks/poll-interval.ts';
import type { StockHttp } from '../../sources/stocks/stock-http.ts';
import type { Store } from '../../store/open-store.ts';
import type { NatsTarget } from '../engine-port.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import type { SourcePlan } from '../running-sources.ts';
import type { SettingsStore } from '../settings-store.ts';
import { BreakerLog } from './breaker-log.ts';
import type { MockService } from './mock-service.ts';
import { NO_STOCK_API, NOT_RUNNING, nothingPolled } from './nothing-polled.ts';
import { PollingRun } from './polling-run.ts';
import type { StockTarget } from './stock-target.ts';
import type { StockTargets } from './stock-targets.ts';

/** The rule of a source that brings prices as they come. */
const PUSHED: FreshnessRule = { intervalMs: null, breakerOpen: false };

/** What the polling of prices works with. */
export interface StockPollingOptions {
  targets: StockTargets;
  settings: SettingsStore;
  /** The NATS that is read now. */
  nats: () => NatsTarget | null;
  /** Null: there is no built-in mock. */
  mock: MockService | null;
  instanceId: () => string;
  activeEnv: () => string;
  hidden: () => boolean;
  store: Store;
  clock: Clock;
  /** How an API is asked; left out: over HTTP. */
  http?: () => StockHttp;
  random: Random;
  log: Log;
  /** The breaker changed its state, or its log did. */
  onBreaker: () => void;
  /** How prices are polled has changed. */
  onPolling: () => void;
  onFailure: (error: unknown) => void;
}

/**
 * The polling of prices: the breaker, which belongs to the instance and outlives the streamer, its log, and the run for the
 * active environment.
 */
export class StockPolling {
  readonly #options: StockPollingOptions;
  #breaker: PollBreaker;
  readonly #log: BreakerLog;
  #run: PollingRun | null = null;
  #logged: string | null = null;
  #guarded: string | null = null;
  #guarding: Promise<void> = Promise.resolve();
  #mockSymbols: ReadonlySet<string> = new Set();
  #heldChanged = false;
  /** Distance of polls as of the last {@link tick}: asked for with every price, it is not worked out anew. */
  #intervalMs: number;

  constructor(options: StockPollingOptions) {
    const { store, clock, onBreaker, onFailure } = options;
    this.#options = options;
    this.#log = new BreakerLog({
      writer: store.writer,
      reader: store.screens,
      clock,
      onChange: onBreaker,
      onFailure,
    });
    this.#breaker = this.#newBreaker();
    this.#intervalMs = this.#baseMs;
  }

  /** How the stock API is polled for the active environment. */
  plan(): SourcePlan {
    return {
      id: 'stocks',
      title: 'Stock API',
      activeOnly: true,
      offIn: (env) => (this.#target(env) === null && !this.#follows() ? NO_STOCK_API : null),
      start: (runtime, context) => this.#start(runtime, context),
    };
  }

  /** Symbols that the stock API is known to serve. */
  knownSymbols(): Iterable<string> {
    return this.#run?.stocks?.knownSymbols() ?? [];
  }

  /** Whether the built-in mock is what is polled for an environment. */
  isMocked(env: string): boolean {
    return this.#target(env)?.kind === 'mock';
  }

  /** The symbols whose prices the built-in mock gives now, as of the last {@link tick}; the demo feed leaves them out. */
  get mockSymbols(): ReadonlySet<string> {
    return this.#mockSymbols;
  }

  /** Portfolios came, went, or hold something else. */
  heldChanged(): void {
    this.#heldChanged = true;
  }

  /** Once a second: sees to what changes too often, or without being announced. */
  tick(): void {
    this.#intervalMs = this.#expectedMs();
    this.#mockSymbols = new Set(this.#run?.mock?.symbols() ?? []);
    if (this.#heldChanged) this.#run?.stocks?.wake();
    this.#heldChanged = false;
  }

  /** How far prices of a source can be trusted in an environment. */
  rules(env: string): FreshnessRules {
    const run = this.#run?.env === env ? this.#run : null;
    const breakerOpen = run !== null && this.#breaker.state !== 'closed';
    const polled = { intervalMs: run === null ? this.#baseMs : this.#expectedMs(), breakerOpen };
    return { of: (source) => (source === 'stocks' ? polled : PUSHED) };
  }

  /** From which age on a price of a source is stale, in milliseconds. */
  staleAfter(source: string): number {
    return staleAfter(source === 'stocks' ? this.#intervalMs : PUSHED.intervalMs);
  }

  /** The breaker as feeds show it. */
  breaker(): Breaker {
    return { ...this.#breaker.view, env: this.#env, open_today_s: this.#log.openTodaySeconds };
  }

  /** Its latest 100 transitions, newest first. */
  get history(): BreakerReport['history'] {
    return [...this.#log.history];
  }

  /** How prices are polled now. */
  polling(): Polling {
    const run = this.#run;
    const target = this.#target(this.#env);
    const detail = target === null ? NO_STOCK_API : NOT_RUNNING;
    return {
      ...(run?.stocks?.polling() ?? nothingPolled(this.#baseMs, target)),
      env: this.#env,
      sharing: run?.sharing() ?? { role: 'alone', leader: null, instances: 1, detail },
    };
  }

  /** Opens the breaker until it is reset. */
  trip(): Breaker {
    this.#breaker.trip();
    return this.breaker();
  }

  /** Closes the breaker and forgets its failures; the API is asked soon. */
  reset(): Breaker {
    this.#breaker.reset();
    this.wake();
    return this.breaker();
  }

  /** Switches faults of the built-in mock; rejects with a ContractError unless it is what is polled. */
  async setFaults(patch: Partial<MockFaults>): Promise<MockFaults> {
    if (!this.isMocked(this.#options.activeEnv())) {
      throw new ContractError('conflict', 'the built-in mock stock API is not what is polled now');
    }
    const mock = await this.#mockOf();
    return mock.setFaults(patch);
  }

  /** Another environment is the active one: its log goes on, whether or not anything is polled there. */
  follow(env: string): Promise<void> {
    return this.#guard(env, this.#target(env)?.url ?? null);
  }

  /** What is wanted, or whether anybody looks, has changed. */
  wake(): void {
    this.#run?.wake();
  }

  /** Resolves when every transition is stored. */
  drained(): Promise<void> {
    return this.#log.drained();
  }

  get #baseMs(): number {
    return this.#options.settings.read().stocks.poll_seconds * 1000;
  }

  get #env(): string {
    return this.#logged ?? this.#options.activeEnv();
  }

  /** The distance prices should have: an API that asks to be left alone makes them rarer, and not fresher. */
  #expectedMs(): number {
    const polling = this.#run?.stocks?.polling();
    if (polling === undefined) return this.#baseMs;
    const baseSeconds = this.#baseMs / 1000;
    return pollInterval({
      baseSeconds,
      symbols: polling.symbols,
      hidden: this.#options.hidden(),
      doublings: 0,
    }).ms;
  }

  #target(env: string): StockTarget | null {
    return this.#options.targets.of(env);
  }

  /** Whether others on the same NATS can poll for this instance. */
  #follows(): boolean {
    return this.#options.settings.read().stocks.share && this.#options.nats() !== null;
  }

  async #start(runtime: EnvironmentRuntime, { log, fail }: ServiceContext): Promise<PollingRun> {
    const { settings, nats, instanceId, hidden, onPolling, http, clock, random } = this.#options;
    const target = this.#target(runtime.env);
    const mock = target?.kind === 'mock' ? await this.#mockOf() : null;
    const url = target?.url ?? mock?.url ?? null;
    await this.#guard(runtime.env, url);
    const run = await PollingRun.start({
      runtime,
      target: target === null || url === null ? null : { ...target, url },
      mock,
      settings: () => settings.read().stocks,
      nats: nats(),
      instanceId: instanceId(),
      breaker: this.#breaker,
      hidden,
      onPolling,
      fail,
      ...(http === undefined ? {} : { http: http() }),
      clock,
      random,
      log,
      onStop: () => {
        this.#run = null;
        this.tick();
      },
    });
    this.#run = run;
    this.tick();
    return run;
  }

  async #mockOf() {
    const { mock } = this.#options;
    if (mock === null) throw new Error('there is no built-in mock stock API');
    return mock.ensure();
  }

  /** The breaker guards one API for one environment: another one is not to suffer from what the one before did. */
  #guard(env: string, url: string | null): Promise<void> {
    this.#guarding = this.#guarding.then(async () => {
      const changed = this.#guarded !== url || this.#logged !== env;
      if (changed && this.#logged !== null) this.#renewBreaker();
      this.#guarded = url;
      if (this.#logged === env) return;
      await this.#log.follow(env, this.#breaker.state, 'the engine was started anew while it was not closed');
      this.#logged = env;
    });
    return this.#guarding;
  }

  #newBreaker(): PollBreaker {
    const { clock, log, onBreaker } = this.#options;
    const breaker = new PollBreaker({ clock, log });
    breaker.onTransition((transition) => {
      if (breaker !== this.#breaker) return;
      this.#log.record(transition);
      onBreaker();
    });
    return breaker;
  }

  #renewBreaker(): void {
    const { state } = this.#breaker;
    this.#breaker = this.#newBreaker();
    if (state === 'closed') return;
    const at = this.#options.clock.now();
    this.#log.record({
      at,
      from: state,
      to: 'closed',
      reason: 'another stock API or environment is polled now',
    });
    this.#options.onBreaker();
  }
}
