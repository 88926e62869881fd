import { DEFAULT_VAT_BASIS_POINTS } from '../../src-contract/invoice.ts';
import { unitsOf } from '../../src-contract/exact-amount.ts';
import type { IntakeAnswer, IntakeRequest } from '../../src-contract/intake.ts';
import { StopStack, type Stoppable } from '../lib/disposables.ts';
import type { AuditedCommand } from '../router/handlers.ts';
import { spreadAggregates } from './active-shards.ts';
import { Clients } from './clients.ts';
import { engineHandlers } from './engine-handlers.ts';
import { EngineParts } from './engine-parts.ts';
import type { ClientConnection, ClientIdentity, EngineOptions } from './engine-port.ts';
import { EngineStatus } from './engine-status.ts';
import type { EngineSurroundings } from './engine-surroundings.ts';
import { Environments } from './environments.ts';
import { openRuntime } from './open-runtime.ts';
import { InvoiceSimulator } from './invoices/invoice-simulator.ts';
import { SecondLook } from './second-look.ts';
import { SettingsStore } from './settings-store.ts';
import { candleLimits, retentionLimits, Upkeep } from './upkeep.ts';
import { WAITING_LIMIT } from './waiting-limit.ts';

const SECOND_MS = 1000;

/** A running engine. */
export interface Engine extends Stoppable {
  connect(identity: ClientIdentity, deliver: (text: string) => void): ClientConnection;
  audit(entry: { actor: string; action: string; target: string; result: string }): void;
  /** Takes events for the environment that is active now; answered when they are durable. */
  intake(request: IntakeRequest): Promise<IntakeAnswer>;
}

/**
 * Starts the engine: loads the active environment, then starts its sources. Rejects when the store cannot be read.
 * This is the composition root: {@link EngineParts} makes what needs nothing read, the rest is made here in its order.
 */
export async function startEngineCore(
  options: EngineOptions,
  surroundings: EngineSurroundings,
): Promise<Engine> {
  const settings = new SettingsStore(options.dataFolder, {
    ...surroundings,
    overridden: options.overridden,
    stockApi: options.stockApi,
  });
  await settings.unlock();
  const engine = new EngineCore(new EngineParts(withKeptSecret(options, settings), surroundings, settings));
  await engine.start();
  return engine;
}

class EngineCore implements Engine {
  readonly #parts: EngineParts;
  readonly #stops = new StopStack();

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#stops.add(parts.publisher);
    this.#stops.add(parts.eventViews);
    this.#stops.add(parts.pressure);
    this.#stops.add(parts.watch);
    this.#stops.defer(() => parts.polling.drained());
    this.#stops.add(parts.orders);
    this.#stops.add(parts.warming);
    this.#stops.add(parts.publishing);
    this.#stops.add(parts.imports);
  }

  /** Second half of the construction: what has to be read from the store first. */
  async start(): Promise<void> {
    const parts = this.#parts;
    const { store, clock, random } = parts.with;
    const instanceId = await store.writer.instanceId(
      `pulse-${parts.epoch}-${random.int(0, 0xffffff).toString(36)}`,
    );
    parts.late.instanceId = instanceId;
    const environments = await this.#openEnvironments();
    parts.late.environments = environments;
    parts.late.status = this.#makeStatus(instanceId, environments);
    this.#stops.add(parts.services);
    this.#stops.add(environments);
    const simulator = await this.#openSimulator();
    parts.late.simulator = simulator;
    this.#stops.add(simulator);
    const clients = this.#makeClients();
    parts.late.clients = clients;
    this.#stops.defer(() => clients.close());
    // Before the environments: an import stores into one.
    this.#stops.add(parts.jobs);
    this.#addUpkeep();
    const second = new SecondLook(parts);
    parts.late.second = second;
    await parts.polling.follow(environments.active.env);
    this.#stops.defer(clock.every(SECOND_MS, () => second.look()));
    await spreadAggregates(parts);
    await environments.startSources();
    await simulator.follow(environments.active);
    parts.warming.follow(parts.activeEnv);
  }

  connect(identity: ClientIdentity, deliver: (text: string) => void): ClientConnection {
    return this.#parts.clients.connect(identity, deliver);
  }

  audit(entry: { actor: string; action: string; target: string; result: string }): void {
    this.#parts.audits.add(entry);
  }

  intake(request: IntakeRequest): Promise<IntakeAnswer> {
    return this.#parts.active.localIntake.take(request);
  }

  stop(): Promise<void> {
    return this.#stops.stop();
  }

  #openEnvironments(): Promise<Environments> {
    const parts = this.#parts;
    const { env, demo, nats } = parts.options;
    return Environments.start(env, {
      open: (name) => openRuntime(parts, name),
      sources: parts.sources,
      demoInBackground: demo.on && nats !== null,
      onSwitch: (name) => {
        void parts.polling.follow(name);
        void parts.simulator.follow(parts.active);
        parts.warming.follow(name);
        parts.publisher.replaceAll();
        void spreadAggregates(parts);
        void parts.watch.refresh().then(() => parts.changes.statusChanged());
      },
    });
  }

  #openSimulator(): Promise<InvoiceSimulator> {
    const { options, services, settings, changes, with: surroundings } = this.#parts;
    const { store, clock, log } = surroundings;
    return InvoiceSimulator.open({
      store,
      services,
      seed: options.demo.seed,
      clock,
      log,
      vatBasisPoints: () => unitsOf(settings.read().invoices.vat_percent, 2) ?? DEFAULT_VAT_BASIS_POINTS,
      onChange: () => changes.runChanged(),
    });
  }

  #makeStatus(instanceId: string, environments: Environments): EngineStatus {
    const { options, watch, sources, states, with: surroundings } = this.#parts;
    const { clock, store } = surroundings;
    return new EngineStatus({
      options,
      instanceId,
      clock,
      store,
      watch,
      sources,
      services: states,
      environments,
      waitingLimit: WAITING_LIMIT,
      notices: () => this.#parts.publishing.notices(),
    });
  }

  #makeClients(): Clients {
    const parts = this.#parts;
    const { epoch, options, publisher, changes, with: surroundings } = parts;
    const { version } = options;
    return new Clients({
      clock: surroundings.clock,
      publisher,
      handlers: engineHandlers(parts),
      audit: (entry: AuditedCommand) => this.audit(entry),
      hello: () => JSON.stringify({ t: 'hello', epoch, version, env: parts.activeEnv }),
      onChange: (id) => {
        changes.clientChanged(id);
        changes.clientsChanged();
      },
      onVisible: () => parts.polling.wake(),
    });
  }

  #addUpkeep(): void {
    const { services, settings, with: surroundings } = this.#parts;
    const { clock, store } = surroundings;
    services.add({
      id: 'upkeep',
      title: 'Redaction and retention',
      start: ({ fail }) => {
        const retention = () => settings.read().retention;
        const upkeep = new Upkeep({
          clock,
          writer: store.writer,
          fail,
          limits: () => retentionLimits(retention()),
          candles: () => candleLimits(retention()),
        });
        this.#parts.upkeep = upkeep;
        return upkeep;
      },
    });
  }
}

/** Puts the secret that was sealed when the options were read into the NATS target. */
function withKeptSecret(options: EngineOptions, settings: SettingsStore): EngineOptions {
  const { nats } = options;
  if (nats?.keptSecret === undefined) return options;
  const { keptSecret, ...target } = nats;
  return { ...options, nats: { ...target, [keptSecret]: settings.natsSecret() } };
}
