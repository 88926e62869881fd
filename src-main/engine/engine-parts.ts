import { DEMO_ENVIRONMENT } from '../../src-contract/environment.ts';
import { LatencyHistogram } from '../lib/latency-histogram.ts';
import { Supervisor } from '../lib/supervisor.ts';
import { Publisher } from '../router/publisher.ts';
import type { Conversion } from '../projections/invoices/converted-sums.ts';
import type { QuoteContext } from '../projections/tickers/quote-views.ts';
import { AuditLog } from './audit-log.ts';
import { BaseCurrency } from './base-currency.ts';
import type { Clients } from './clients.ts';
import { engineFeeds } from './engine-feeds.ts';
import type { EngineOptions, NatsTarget } from './engine-port.ts';
import type { EngineStatus } from './engine-status.ts';
import type { EngineSurroundings } from './engine-surroundings.ts';
import type { EnvironmentRuntime } from './environment-runtime.ts';
import type { Environments } from './environments.ts';
import { EventViews } from './events/event-views.ts';
import { removeExport } from './exports/export-handlers.ts';
import type { RunExport } from './exports/export-request.ts';
import { inlineExport } from './exports/inline-export.ts';
import { feedTable, type EngineChanges } from './feed-table.ts';
import { OpenImports } from './imports/open-imports.ts';
import { InvoiceOrders } from './invoices/invoice-orders.ts';
import { InvoicePublishing } from './invoices/invoice-publishing.ts';
import type { InvoiceSimulator } from './invoices/invoice-simulator.ts';
import { InvoiceWarming } from './invoices/invoice-warming.ts';
import { emptyFolder, exportsFolder } from './jobs/job-files.ts';
import { JobList } from './jobs/job-list.ts';
import { MockService } from './polling/mock-service.ts';
import { StockPolling } from './polling/stock-polling.ts';
import { StockTargets } from './polling/stock-targets.ts';
import { PressureMap } from './pressure/pressure-map.ts';
import { RunningSources } from './running-sources.ts';
import { ServiceStates } from './service-states.ts';
import { type SettingsStore } from './settings-store.ts';
import { demoPlan, natsPlan, type DemoPrices } from './source-plans.ts';
import { StoreWatch } from './store-watch.ts';
import { CandleRevisions } from './tickers/candle-revisions.ts';
import { PriceTouches } from './tickers/price-touches.ts';
import { ShownCandles } from './tickers/shown-candles.ts';
import type { Upkeep } from './upkeep.ts';
import { WAITING_LIMIT } from './waiting-limit.ts';

/** What exists only once the store has been read. */
export interface LateParts {
  instanceId: string;
  environments: Environments;
  status: EngineStatus;
  clients: Clients;
  simulator: InvoiceSimulator;
  /** Looks whether prices can be trusted less or more than before. */
  second: { age(): void };
}

/**
 * The parts of the engine, each told which others it works with. What is made in the second half of the start is reached
 * through getters: nobody asks for it before.
 */
export class EngineParts {
  readonly options: EngineOptions;
  readonly with: EngineSurroundings;
  readonly latency = new LatencyHistogram();
  readonly states: ServiceStates;
  readonly services: Supervisor;
  readonly settings: SettingsStore;
  readonly sources: RunningSources;
  readonly publisher: Publisher;
  readonly changes: EngineChanges;
  readonly watch: StoreWatch;
  readonly currency: BaseCurrency;
  readonly polling: StockPolling;
  readonly eventViews: EventViews;
  readonly pressure: PressureMap;
  readonly touches: PriceTouches;
  readonly shownCandles = new ShownCandles();
  readonly candleRevisions = new CandleRevisions();
  readonly orders: InvoiceOrders;
  readonly publishing: InvoicePublishing;
  readonly warming: InvoiceWarming;
  readonly jobs: JobList;
  readonly runExport: RunExport;
  readonly imports: OpenImports;
  readonly audits: AuditLog;
  readonly epoch: string;
  readonly late: Partial<LateParts> = {};
  upkeep: Upkeep | null = null;
  /** The NATS that is read now; holds secrets. */
  nats: NatsTarget | null;

  constructor(options: EngineOptions, surroundings: EngineSurroundings, settings: SettingsStore) {
    const { store, clock, random, log } = surroundings;
    this.options = options;
    this.with = surroundings;
    this.settings = settings;
    this.epoch = `${clock.now().toString(36)}-${random.int(0, 0xffffff).toString(36)}`;
    this.audits = new AuditLog((line) => store.writer.audit(line, clock.now()), log);
    this.currency = new BaseCurrency(settings.read().base_currency);
    this.nats = options.nats;
    this.touches = new PriceTouches(
      () => this.publisher,
      () => this.late.environments?.active ?? null,
      this.shownCandles,
      this.candleRevisions,
    );
    this.eventViews = new EventViews(this, clock);
    this.pressure = new PressureMap(this, clock, WAITING_LIMIT);
    this.publisher = new Publisher(engineFeeds(this), clock, () => this.touches.flush());
    this.changes = feedTable(this.publisher, this.touches, this.eventViews, (slug) => this.#symbolsOf(slug));
    this.states = new ServiceStates(() => clock.now());
    this.services = this.#makeServices();
    this.polling = this.#makePolling();
    this.sources = new RunningSources(
      this.services,
      [
        natsPlan(options.nats, () => this.instanceId, clock, random.fork('nats')),
        this.polling.plan(),
        demoPlan(options.demo, this.#demoPrices(), clock, random.fork('demo')),
      ],
      () => this.changes.statusChanged(),
    );
    this.watch = new StoreWatch(store, this.latency, clock, () => this.activeEnv);
    this.publishing = new InvoicePublishing({
      isOn: () => settings.read().invoices.publish,
      nats: () => this.nats,
      instanceId: () => this.instanceId,
      clock,
      log,
    });
    this.runExport = surroundings.runExport ?? inlineExport(clock, log, () => Promise.resolve());
    this.jobs = this.#makeJobs();
    this.imports = new OpenImports({
      dataFolder: options.dataFolder,
      clock,
      onFailure: (error) => log.warn('the file of an import could not be deleted', { error }),
    });
    this.warming = this.#makeWarming();
    this.orders = new InvoiceOrders({
      clock,
      reader: store.jobs,
      onFailure: (error) => log.warn('an order of invoices could not be dropped', { error }),
    });
  }

  get instanceId(): string {
    return existing(this.late.instanceId);
  }

  get environments(): Environments {
    return existing(this.late.environments);
  }

  get status(): EngineStatus {
    return existing(this.late.status);
  }

  get clients(): Clients {
    return existing(this.late.clients);
  }

  get simulator(): InvoiceSimulator {
    return existing(this.late.simulator);
  }

  /** The environment that is shown. */
  get active(): EnvironmentRuntime {
    return this.environments.active;
  }

  /** Its name, known from the start on. */
  get activeEnv(): string {
    return this.late.environments?.active.env ?? this.options.env;
  }

  /** What views of amounts need, in the active environment or another one. */
  viewContext(env = this.activeEnv) {
    return { currency: this.currency.name, now: this.with.clock.now(), rules: this.polling.rules(env) };
  }

  /** How totals are added up across currencies. */
  conversion(): Conversion {
    return { baseCurrency: this.currency.name, rates: this.settings.read().invoices.conversion };
  }

  /** What views of an environment's prices need. */
  quoteContext({ env, projection, tickers, watchlists }: EnvironmentRuntime): QuoteContext {
    const isWatched = (symbol: string): boolean => watchlists.watched.has(symbol);
    const { quotes, charted } = projection;
    return { ...this.viewContext(env), quotes, charted, tickers, isWatched };
  }

  #demoPrices(): DemoPrices {
    const { priceRanges } = this.with;
    return {
      withoutPrices: () => this.polling.mockSymbols,
      ...(priceRanges === undefined ? {} : { ranges: () => priceRanges.current }),
    };
  }

  /** Where the mock's prices go on, so that charts show no jump where the simulator's past ends. */
  #lastDemoPrice(symbol: string): number | null {
    const { env, projection } = this.active;
    return env === DEMO_ENVIRONMENT ? (projection.quotes.current(symbol)?.price ?? null) : null;
  }

  #makeServices(): Supervisor {
    const { clock, random, log } = this.with;
    return new Supervisor({
      clock,
      random,
      log,
      onChange: (state) => {
        this.states.take(state);
        this.changes.serviceChanged(state.id);
        this.changes.statusChanged();
      },
    });
  }

  #makeWarming(): InvoiceWarming {
    const { store, clock, log } = this.with;
    return new InvoiceWarming({
      clock,
      reader: store.screens,
      onFailure: (error) => log.warn('invoices could not be read ahead', { error }),
    });
  }

  #makeJobs(): JobList {
    const { dataFolder } = this.options;
    const { clock, log } = this.with;
    emptyFolder(exportsFolder(dataFolder));
    return new JobList({
      clock,
      onChange: (id) => this.changes.jobChanged(id),
      removeFile: (id) => removeExport(dataFolder, id),
      onFailure: (error) => log.warn('the file of an export could not be deleted', { error }),
    });
  }

  #makePolling(): StockPolling {
    const { settings, services, options, with: surroundings } = this;
    const { store, clock, random, log, startMock, stockHttp } = surroundings;
    const hasMock = options.demo.on && startMock !== undefined;
    return new StockPolling({
      targets: new StockTargets({
        given: options.stockApi,
        givenKey: options.stockKey ?? { key: null, header: null },
        settings,
        hasMock,
      }),
      settings,
      nats: () => this.nats,
      mock: hasMock ? new MockService(services, startMock, (symbol) => this.#lastDemoPrice(symbol)) : null,
      instanceId: () => this.instanceId,
      activeEnv: () => this.activeEnv,
      hidden: () => this.clients.hidden,
      ...(stockHttp === undefined ? {} : { http: stockHttp }),
      store,
      clock,
      random: random.fork('stocks'),
      log,
      onBreaker: () => {
        this.changes.breakerChanged();
        this.late.second?.age();
      },
      onPolling: () => this.changes.pollingChanged(),
      onFailure: (error) => log.error('the log of the breaker could not be kept', { error }),
    });
  }

  #symbolsOf(slug: string): Iterable<string> {
    const record = this.active.projection.registry.get(slug)?.record;
    return (record?.holdings ?? []).map(({ symbol }) => symbol);
  }
}

function existing<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the engine has not read its store yet');
  return part;
}
