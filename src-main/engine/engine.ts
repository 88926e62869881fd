import type { SettingsPatch } from '../../src-contract/settings.ts';
import type { Clock } from '../lib/clock.ts';
import { StopStack, type Stoppable } from '../lib/disposables.ts';
import { LatencyHistogram } from '../lib/latency-histogram.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import { Supervisor } from '../lib/supervisor.ts';
import type { AuditedCommand } from '../router/handlers.ts';
import { paramsText, Publisher } from '../router/publisher.ts';
import type { Store } from '../store/open-store.ts';
import { whileActive } from './active-listener.ts';
import { BaseCurrency } from './base-currency.ts';
import { Clients } from './clients.ts';
import type { ClientConnection, ClientIdentity, EngineOptions } from './engine-port.ts';
import { EngineStatus } from './engine-status.ts';
import { EnvironmentRuntime } from './environment-runtime.ts';
import { Environments } from './environments.ts';
import { feedTable, type EngineChanges } from './feed-table.ts';
import { FreshnessWatch } from './freshness-watch.ts';
import { natsFromSettings } from './nats-from-settings.ts';
import { portfolioFeedSources } from './portfolio-feed-sources.ts';
import { portfolioHandlers } from './portfolio-handlers.ts';
import { RunningSources } from './running-sources.ts';
import type { SecretBox } from './secret-box.ts';
import { ServiceStates } from './service-states.ts';
import { SettingsStore } from './settings-store.ts';
import { demoPlan, natsPlan } from './source-plans.ts';
import { StoreWatch } from './store-watch.ts';
import { systemFeedSources } from './system-feed-sources.ts';
import { systemHandlers } from './system-handlers.ts';
import { candleLimits, retentionLimits, Upkeep } from './upkeep.ts';

/** Messages of one stream that may be offered and not yet committed. */
export const WAITING_LIMIT = 4000;
const SECOND_MS = 1000;

/** What the engine is given by its thread, or by a test. */
export interface EngineSurroundings {
  store: Store;
  clock: Clock;
  random: Random;
  log: Log;
  /** Where secrets are sealed; left out: they lie in the settings file. */
  secrets?: SecretBox;
  /** Ends the thread as a crash would. */
  crash: (error: Error) => void;
}

/** A running engine. */
export interface Engine extends Stoppable {
  connect(identity: ClientIdentity, deliver: (text: string) => void): ClientConnection;
  audit(entry: { actor: string; action: string; target: string; result: string }): void;
}

/**
 * Starts the engine: loads the active environment, then starts its sources. Rejects when the store cannot be read.
 * This is the composition root: it makes every part and tells each which others it works with.
 */
export async function startEngineCore(
  options: EngineOptions,
  surroundings: EngineSurroundings,
): Promise<Engine> {
  const engine = new EngineCore(options, surroundings);
  await engine.start();
  return engine;
}

class EngineCore implements Engine {
  readonly #options: EngineOptions;
  readonly #with: EngineSurroundings;
  readonly #stops = new StopStack();
  readonly #latency = new LatencyHistogram();
  readonly #freshness = new FreshnessWatch();
  readonly #states: ServiceStates;
  readonly #services: Supervisor;
  readonly #settings: SettingsStore;
  readonly #sources: RunningSources;
  readonly #publisher: Publisher;
  readonly #changes: EngineChanges;
  readonly #watch: StoreWatch;
  readonly #currency: BaseCurrency;
  readonly #epoch: string;
  #environments: Environments | null = null;
  #status!: EngineStatus;
  #clients!: Clients;
  #upkeep: Upkeep | null = null;

  constructor(options: EngineOptions, surroundings: EngineSurroundings) {
    const { store, clock, random, log } = surroundings;
    this.#options = options;
    this.#with = surroundings;
    this.#epoch = `${clock.now().toString(36)}-${random.int(0, 0xffffff).toString(36)}`;
    this.#settings = new SettingsStore(options.dataFolder, {
      overridden: options.overridden,
      log,
      clock,
      ...(surroundings.secrets === undefined ? {} : { secrets: surroundings.secrets }),
    });
    this.#currency = new BaseCurrency(this.#settings.read().base_currency);
    this.#publisher = this.#stops.add(new Publisher(this.#feedSources(), clock));
    this.#changes = feedTable(this.#publisher, (slug) => this.#symbolsOf(slug));
    this.#states = new ServiceStates(() => clock.now());
    this.#services = new Supervisor({
      clock,
      random,
      log,
      onChange: (state) => {
        this.#states.take(state);
        this.#changes.serviceChanged(state.id);
        this.#changes.statusChanged();
      },
    });
    this.#sources = new RunningSources(
      this.#services,
      [
        natsPlan(options.nats, clock, random.fork('nats')),
        demoPlan(options.demo, clock, random.fork('demo')),
      ],
      () => this.#changes.statusChanged(),
    );
    this.#watch = this.#stops.add(new StoreWatch(store, this.#latency, clock, () => this.#activeEnv));
  }

  /** Second half of construction: what has to be read from the store first. */
  async start(): Promise<void> {
    const { store, clock, random } = this.#with;
    const instanceId = await store.writer.instanceId(
      `pulse-${this.#epoch}-${random.int(0, 0xffffff).toString(36)}`,
    );
    const environments = await Environments.start(this.#options.env, {
      open: (env) => this.#openRuntime(env),
      sources: this.#sources,
      demoInBackground: this.#options.demo.on && this.#options.nats !== null,
      onSwitch: () => this.#switched(),
    });
    this.#environments = environments;
    this.#status = new EngineStatus({
      options: this.#options,
      instanceId,
      clock,
      store,
      watch: this.#watch,
      sources: this.#sources,
      services: this.#states,
      environments,
      waitingLimit: WAITING_LIMIT,
    });
    this.#stops.add(this.#services);
    this.#stops.add(environments);
    this.#clients = this.#makeClients(environments);
    this.#stops.defer(() => this.#clients.close());
    this.#addUpkeep();
    this.#stops.defer(clock.every(SECOND_MS, () => this.#tick()));
    await environments.startSources();
  }

  connect(identity: ClientIdentity, deliver: (text: string) => void): ClientConnection {
    return this.#clients.connect(identity, deliver);
  }

  audit(entry: { actor: string; action: string; target: string; result: string }): void {
    const { store, clock, log } = this.#with;
    store.writer
      .audit(entry, clock.now())
      .catch((error: unknown) => log.error('an audit entry could not be stored', { error }));
  }

  stop(): Promise<void> {
    return this.#stops.stop();
  }

  #feedSources() {
    return {
      ...portfolioFeedSources(
        () => this.#active,
        () => this.#viewContext(),
        this.#currency.decimals,
      ),
      ...systemFeedSources({
        status: () => this.#status,
        clients: () => this.#clients,
        settings: () => this.#settings.read(),
      }),
    };
  }

  #viewContext() {
    return { currency: this.#currency.name, now: this.#with.clock.now() };
  }

  #openRuntime(env: string): Promise<EnvironmentRuntime> {
    const { store, clock, random, log } = this.#with;
    const { batch } = this.#options;
    return EnvironmentRuntime.open({
      env,
      store,
      clock,
      random: random.fork(env),
      log: log.child({ env }),
      limits: { batchEvents: batch.events, lingerMs: batch.lingerMs, waiting: WAITING_LIMIT },
      decimals: this.#currency.decimals,
      commitLatency: this.#latency,
      listener: whileActive(this.#changes, () => this.#activeEnv === env),
      onWorker: (id) => {
        if (this.#activeEnv === env) this.#changes.serviceChanged(id);
      },
      onStored: (events) => this.#status.stored(events),
      onStoreFailure: (part, error) => this.#watch.report(part, error),
      onForget: (slugs) => {
        this.#upkeep?.redactSoon();
        this.#watch.forget(slugs);
      },
    });
  }

  /** The environment that is shown; only once the store has been read. */
  get #active(): EnvironmentRuntime {
    if (this.#environments === null) throw new Error('the engine has not loaded its environment yet');
    return this.#environments.active;
  }

  get #activeEnv(): string {
    return this.#environments?.active.env ?? this.#options.env;
  }

  #makeClients(environments: Environments): Clients {
    const { store, clock } = this.#with;
    return new Clients({
      clock,
      publisher: this.#publisher,
      handlers: {
        ...portfolioHandlers({
          read: (env) => environments.read(env),
          reader: store.screens,
          context: () => this.#viewContext(),
        }),
        ...systemHandlers({
          environments,
          services: this.#services,
          settings: this.#settings,
          reader: store.screens,
          status: this.#status,
          drills: {
            registry: () => this.#active.projection.registry,
            sources: this.#sources,
            crashEngine: () => this.#with.crash(new Error('stopped on purpose by a fault drill')),
          },
          onSettings: (patch) => this.#settingsChanged(patch),
        }),
      },
      audit: (entry: AuditedCommand) => this.audit(entry),
      hello: () => this.#hello(),
      onChange: (id) => {
        this.#changes.clientChanged(id);
        this.#changes.clientsChanged();
      },
      onVisible: () => undefined,
    });
  }

  #hello(): string {
    const { version } = this.#options;
    return JSON.stringify({ t: 'hello', epoch: this.#epoch, version, env: this.#active.env });
  }

  #addUpkeep(): void {
    const { store, clock } = this.#with;
    this.#services.add({
      id: 'upkeep',
      title: 'Redaction and retention',
      start: ({ fail }) => {
        const retention = () => this.#settings.read().retention;
        const upkeep = new Upkeep({
          clock,
          writer: store.writer,
          fail,
          limits: () => retentionLimits(retention()),
          candles: () => candleLimits(retention()),
        });
        this.#upkeep = upkeep;
        return upkeep;
      },
    });
  }

  #symbolsOf(slug: string): Iterable<string> {
    const record = this.#active.projection.registry.get(slug)?.record;
    return (record?.holdings ?? []).map(({ symbol }) => symbol);
  }

  #switched(): void {
    this.#publisher.replaceAll();
    void this.#watch.refresh().then(() => this.#changes.statusChanged());
  }

  #settingsChanged(patch: SettingsPatch): void {
    this.#changes.settingsChanged();
    if (this.#currency.change(this.#settings.read().base_currency)) this.#publisher.replaceAll();
    if (patch.nats === undefined || this.#options.overridden.some((field) => field.startsWith('nats')))
      return;
    const { clock, random } = this.#with;
    const target = natsFromSettings(this.#settings.read(), this.#settings.natsSecret());
    void this.#sources.replace(natsPlan(target, clock, random.fork('nats')), this.#active);
  }

  #tick(): void {
    this.#status.tick();
    this.#changes.statusChanged();
    const isRead = (slug: string) => this.#publisher.isRead('portfolio', paramsText({ slug }));
    const { registry } = this.#active.projection;
    const aged = this.#freshness.changed(registry.all(), this.#with.clock.now(), isRead);
    for (const slug of aged) this.#changes.portfolioChanged(slug);
    if (aged.length > 0) this.#changes.communityChanged();
    for (const { id } of this.#clients.states()) this.#changes.clientChanged(id);
  }
}
