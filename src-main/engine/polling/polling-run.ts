import { DEMO_ENVIRONMENT } from '../../../src-contract/environment.ts';
import type { Polling } from '../../../src-contract/polling.ts';
import type { StockSettings } from '../../../src-contract/settings.ts';
import type { Clock } from '../../lib/clock.ts';
import { StopStack } from '../../lib/disposables.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import { notSharing } from '../../sources/nats/sharing/not-sharing.ts';
import type { PollReadiness, PriceSharing } from '../../sources/nats/sharing/price-sharing.ts';
import { startPriceSharing } from '../../sources/nats/sharing/start-price-sharing.ts';
import type { EventSource } from '../../sources/source.ts';
import type { MockStockApi } from '../../sources/stocks/mock/mock-stock-api.ts';
import type { PollBreaker } from '../../sources/stocks/poll-breaker.ts';
import { startStockSource } from '../../sources/stocks/stock-source.ts';
import type { StockHttp } from '../../sources/stocks/stock-http.ts';
import type { StockSource } from '../../sources/stocks/stock-source-options.ts';
import type { NatsTarget } from '../engine-port.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { natsOptionsOf } from '../nats-options-of.ts';
import { followingSource } from './following-source.ts';
import type { StockTarget } from './stock-target.ts';
import { wantedSymbols } from './wanted-symbols.ts';

/** What polling for one environment works with. */
export interface PollingRunOptions {
  runtime: EnvironmentRuntime;
  /** Null: nothing is polled here, the others are told what is watched. */
  target: (StockTarget & { url: string }) | null;
  /** The built-in mock, where it is the target. */
  mock: MockStockApi | null;
  settings: () => StockSettings;
  /** The NATS over which polling is shared; null: it is not. */
  nats: NatsTarget | null;
  instanceId: string;
  breaker: PollBreaker;
  hidden: () => boolean;
  /** What {@link PollingRun.polling} says has changed. */
  onPolling: () => void;
  fail: (error: unknown) => void;
  /** It was stopped, for whatever reason. */
  onStop: () => void;
  /** How the API is asked; left out: over HTTP. */
  http?: StockHttp;
  clock: Clock;
  random: Random;
  log: Log;
}

/** Polling for one environment, from its start to its stop. */
export class PollingRun implements EventSource {
  readonly env: string;
  readonly mock: MockStockApi | null;
  /** The poller; null where this instance only follows others. */
  stocks: StockSource | null = null;
  readonly #options: PollingRunOptions;
  readonly #sharing: PriceSharing;
  readonly #stops = new StopStack();
  #source: EventSource;

  private constructor(options: PollingRunOptions) {
    const { runtime, mock, breaker, clock, log } = options;
    this.env = runtime.env;
    this.mock = mock;
    this.#options = options;
    this.#stops.defer(options.onStop);
    this.#sharing = this.#stops.add(this.#startSharing());
    this.#source = followingSource(this.#sharing, clock.now(), log);
    this.#stops.add(this.#source);
    this.#stops.defer(breaker.onTransition(() => this.#sharing.readinessChanged()));
    this.#stops.defer(this.#sharing.onChange((polling) => this.#sharingChanged(polling)));
  }

  /** Starts sharing and polling; rejects when the poller cannot start. */
  static async start(options: PollingRunOptions): Promise<PollingRun> {
    const run = new PollingRun(options);
    try {
      if (options.target !== null) run.#startPolling(options.target);
      return run;
    } catch (error) {
      await run.stop();
      throw error;
    }
  }

  get status() {
    return this.#source.status;
  }

  onStatus(listener: Parameters<EventSource['onStatus']>[0]): () => void {
    return this.#source.onStatus(listener);
  }

  /** How it shares. */
  sharing(): Polling['sharing'] {
    return this.#sharing.sharing();
  }

  /** What is wanted, or whether anybody looks, has changed. */
  wake(): void {
    this.#sharing.watchedChanged();
    this.stocks?.wake();
  }

  stop(): Promise<void> {
    return this.#stops.stop();
  }

  #startPolling(target: StockTarget & { url: string }): void {
    const { runtime, settings, mock, breaker, hidden, fail, http } = this.#options;
    const { onPolling, clock, random, log } = this.#options;
    if (target.problem !== null) log.warn(target.problem);
    const source = startStockSource({
      api: target,
      baseSeconds: settings().poll_seconds,
      wanted: () => this.#wanted(),
      mayPoll: () => this.#sharing.mayPoll(),
      hidden,
      breaker,
      intake: runtime.hub.of('stocks'),
      lastAsOf: (symbol) => runtime.projection.quotes.ofSource(symbol, 'stocks')?.occurredAt ?? null,
      onQuotes: (quotes) => this.#sharing.publish(quotes),
      fail,
      faults: () => mock?.faults ?? null,
      problem: () => mock?.problem ?? target.problem,
      ...(http === undefined ? {} : { http }),
      clock,
      random,
      log,
    });
    this.#stops.add(source);
    this.#stops.defer(source.onPolling(onPolling));
    this.stocks = source;
    this.#source = source;
  }

  #sharingChanged(polling: boolean): void {
    if (polling) this.stocks?.wake();
    this.#options.onPolling();
  }

  #startSharing(): PriceSharing {
    const { runtime, settings, nats, instanceId, clock, random, log } = this.#options;
    if (!settings().share) return notSharing('alone', 'polls for itself');
    if (runtime.env === DEMO_ENVIRONMENT) return notSharing('alone', 'the demo environment is never shared');
    if (nats === null) return notSharing('off', 'sharing needs NATS, and no NATS address is set');
    return startPriceSharing({
      options: natsOptionsOf(nats),
      env: runtime.env,
      instanceId,
      watched: () => runtime.watchlists.watched,
      readiness: () => this.#readiness(),
      clock,
      random: random.fork('sharing'),
      log,
    });
  }

  #readiness(): PollReadiness {
    const { breaker, target } = this.#options;
    if (target === null || breaker.state === 'isolated') return 'unable';
    return breaker.state === 'closed' ? 'ready' : 'probing';
  }

  #wanted(): ReadonlySet<string> {
    const { runtime, settings } = this.#options;
    const { registry } = runtime.projection;
    return wantedSymbols(
      runtime.watchlists.watched,
      this.#sharing.othersWatched(),
      (this.mock?.symbols() ?? []).filter((symbol) => registry.holders(symbol).size > 0),
      settings().poll_held ? symbolsOf(registry) : [],
    );
  }
}

function* symbolsOf(registry: EnvironmentRuntime['projection']['registry']): Iterable<string> {
  for (const [symbol] of registry.symbols()) yield symbol;
}
