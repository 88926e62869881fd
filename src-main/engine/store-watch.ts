import type { StoreStatus } from '../../src-contract/system.ts';
import { toTimestampOrNull } from '../../src-contract/timestamp.ts';
import type { Clock } from '../lib/clock.ts';
import type { Stoppable } from '../lib/disposables.ts';
import type { LatencyHistogram } from '../lib/latency-histogram.ts';
import type { Store } from '../store/open-store.ts';
import type { StoreFigures } from '../store/port.ts';

/** The database is asked for its figures this often, in milliseconds. */
const EVERY_MS = 2000;

/** What the screens show of the store and what only the store knows: asked now and then, read at any time. */
export class StoreWatch implements Stoppable {
  readonly #store: Store;
  readonly #latency: LatencyHistogram;
  readonly #activeEnv: () => string;
  readonly #cancel: () => void;
  #figures: StoreFigures | null = null;
  #failure: Error | null = null;
  #asking: Promise<void>;
  /** Environments that have stored data. */
  environments: string[] = [];
  /** Subjects the app does not remember, the most frequent first. */
  unknownSubjects: { subject: string; count: number }[] = [];

  constructor(store: Store, latency: LatencyHistogram, clock: Clock, activeEnv: () => string) {
    this.#store = store;
    this.#latency = latency;
    this.#activeEnv = activeEnv;
    this.#asking = this.refresh();
    this.#cancel = clock.every(EVERY_MS, () => {
      this.#asking = this.refresh();
    });
  }

  /** Why the store refuses batches; null while it takes them. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** The store refused a batch, or took one again. */
  report(failure: Error | null): void {
    this.#failure = failure;
  }

  /** Asks now. A reader that does not answer leaves the figures as they were. */
  async refresh(): Promise<void> {
    try {
      const [figures, environments, subjects] = await Promise.all([
        this.#store.screens.figures(),
        this.#store.screens.environments(),
        this.#store.screens.unknownSubjects(this.#activeEnv(), 100),
      ]);
      this.#figures = figures;
      this.environments = environments;
      this.unknownSubjects = subjects;
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new Error(String(error));
    }
  }

  /** The state of the database in the words of the contract. */
  status(): StoreStatus {
    const figures = this.#figures;
    return {
      state: this.#failure === null ? 'ok' : 'failing',
      detail: this.#failure === null ? 'takes batches' : this.#failure.message,
      file: figures?.file ?? '',
      bytes: figures?.bytes ?? 0,
      wal_bytes: figures?.walBytes ?? 0,
      journal_rows: figures?.journalRows ?? 0,
      oldest_event_at: toTimestampOrNull(figures?.oldestEventAt ?? null),
      synchronous: figures?.synchronous ?? '',
      schema_version: figures?.schemaVersion ?? 0,
      commit_p50_us: this.#latency.percentile(50),
      commit_p99_us: this.#latency.percentile(99),
      set_aside: this.#store.setAside,
    };
  }

  async stop(): Promise<void> {
    this.#cancel();
    await this.#asking;
  }
}
