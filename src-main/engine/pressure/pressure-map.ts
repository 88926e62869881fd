import type { PipelineState } from '../../../src-contract/analytics.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { FeedSources } from '../../router/feed-source.ts';
import type { Publisher } from '../../router/publisher.ts';
import type { LocalIntake } from '../../sources/intake/local-intake.ts';
import type { Clients } from '../clients.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import type { RunningSources } from '../running-sources.ts';
import { SourceRates } from './source-rates.ts';

/** While it is read it is told this often, in milliseconds: twice a second, the other time by the look of each second. */
const BETWEEN_MS = 500;

/** Sources that no plan names: they belong to every environment. */
const TITLES: Readonly<Record<string, string>> = {
  http: 'HTTP',
  websocket: 'WebSocket',
  invoices: 'Invoices',
};

/** What the map of pressure is drawn from. */
export interface PressureReadings {
  readonly active: EnvironmentRuntime;
  readonly clients: Clients;
  readonly sources: RunningSources;
  readonly publisher: Publisher;
}

/** Where the pipeline of the active environment is under pressure: its sources, stages and windows. */
export class PressureMap implements Stoppable {
  readonly #parts: PressureReadings;
  readonly #clock: Clock;
  readonly #waitingLimit: number;
  readonly #rates = new WeakMap<EnvironmentRuntime, SourceRates>();
  #cancel: (() => void) | null = null;

  /** @param waitingLimit messages of one stream that may wait. */
  constructor(parts: PressureReadings, clock: Clock, waitingLimit: number) {
    this.#parts = parts;
    this.#clock = clock;
    this.#waitingLimit = waitingLimit;
  }

  /** The feed. */
  source(): Pick<FeedSources, 'pipeline'> {
    const stages = () => this.#parts.active.stages;
    return {
      pipeline: () => ({
        head: () => this.#state(),
        rows: () => stages().read(),
        row: (id) =>
          stages()
            .read()
            .find((stage) => stage.id === id) ?? null,
      }),
    };
  }

  /** Once a second: measures rates, and since when which stage holds up the others. */
  look(): void {
    const { active, publisher } = this.#parts;
    const rates = this.#ratesOf(active);
    const ledgers = active.ledgers().map(({ source, count }) => ({ source, ...count.read() }));
    rates.tick(this.#clock.monotonic(), ledgers);
    active.stages.bottleneck();
    if (!publisher.isRead('pipeline')) return;
    this.#touch();
    this.#cancel ??= this.#clock.after(BETWEEN_MS, () => {
      this.#cancel = null;
      this.#touch();
    });
  }

  stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    return Promise.resolve();
  }

  #touch(): void {
    const { active, publisher } = this.#parts;
    publisher.touchHead('pipeline');
    for (const { id } of active.stages.read()) publisher.touch('pipeline', id);
  }

  #state(): PipelineState {
    const { active, clients } = this.#parts;
    const bottleneck = active.stages.bottleneck();
    const windows = clients.states().filter(({ kind }) => kind !== 'http');
    return {
      env: active.env,
      bottleneck: bottleneck === null ? null : { ...bottleneck, since: toTimestamp(bottleneck.since) },
      sources: this.#sources(),
      windows: { open: windows.length, waiting: windows.filter((client) => client.in_flight).length },
    };
  }

  #sources(): PipelineState['sources'] {
    const { active, sources } = this.#parts;
    const rates = this.#ratesOf(active);
    const titles = new Map(sources.states(active.env).map(({ id, title }) => [id, title]));
    const readings = active.hub.readings().filter(({ record }) => record.active);
    const local = new Map<string, ReturnType<LocalIntake['read']>[number]>(
      active.localIntake.read().map((reading) => [reading.id, reading]),
    );
    return active.ledgers().map(({ source }) => {
      const streams = readings.filter(({ record }) => record.source === source);
      const waiting = streams.reduce((sum, stream) => sum + stream.waiting, 0);
      const limit = this.#waitingLimit * Math.max(1, streams.length);
      return {
        id: source,
        title: titles.get(source) ?? TITLES[source] ?? source,
        per_second: Math.round(rates.perSecond(source) * 10) / 10,
        ...(local.get(source) ?? { waiting, limit, refused: 0 }),
      };
    });
  }

  #ratesOf(runtime: EnvironmentRuntime): SourceRates {
    const known = this.#rates.get(runtime) ?? new SourceRates();
    this.#rates.set(runtime, known);
    return known;
  }
}
