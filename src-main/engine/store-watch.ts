import { hideInSubject } from '../../src-contract/hidden-slug.ts';
import type { StoreStatus } from '../../src-contract/system.ts';
import { toTimestampOrNull } from '../../src-contract/timestamp.ts';
import { errorMessage } from '../lib/error-message.ts';
import type { Clock } from '../lib/clock.ts';
import type { Stoppable } from '../lib/disposables.ts';
import type { LatencyHistogram } from '../lib/latency-histogram.ts';
import type { Store } from '../store/open-store.ts';
import type { StoreFigures } from '../store/port.ts';

/** The database is asked for its figures this often, in milliseconds. */
const EVERY_MS = 2000;
const READING = 'reading';

/** What is shown until the database has answered for the first time. */
const NO_FIGURES: StoreFigures = {
  file: '',
  bytes: 0,
  walBytes: 0,
  journalRows: 0,
  candleRows: { '1s': 0, '1m': 0, '1h': 0, '1d': 0 },
  oldestEventAt: null,
  synchronous: '',
  schemaVersion: 0,
};

/** The part of a store that is watched. */
export interface WatchedStore {
  readonly screens: Pick<Store['screens'], 'figures' | 'environments' | 'unknownSubjects'>;
  readonly setAside: string | null;
}

/** What the screens show of the store and what only the store knows: asked now and then, read at any time. */
export class StoreWatch implements Stoppable {
  readonly #store: WatchedStore;
  readonly #latency: LatencyHistogram;
  readonly #activeEnv: () => string;
  readonly #cancel: () => void;
  #figures = NO_FIGURES;
  readonly #failures = new Map<string, Error>();
  #asking: Promise<void>;
  /** Environments that have stored data. */
  environments: string[] = [];
  /** Subjects the app does not remember, the most frequent first. */
  unknownSubjects: { subject: string; count: number }[] = [];

  constructor(store: WatchedStore, latency: LatencyHistogram, clock: Clock, activeEnv: () => string) {
    this.#store = store;
    this.#latency = latency;
    this.#activeEnv = activeEnv;
    this.#asking = this.refresh();
    this.#cancel = clock.every(EVERY_MS, () => {
      this.#asking = this.refresh();
    });
  }

  /** Why the store does not do its work; null while it does. */
  get failure(): Error | null {
    const [first] = this.#failures.values();
    return first ?? null;
  }

  /** A part of the work with the store failed, or (null) works again. There are two parts an environment, and reading. */
  report(part: string, failure: unknown): void {
    if (failure === null) this.#failures.delete(part);
    else this.#failures.set(part, failure instanceof Error ? failure : new Error(errorMessage(failure)));
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
      this.report(READING, null);
    } catch (error) {
      this.report(READING, error);
    }
  }

  /** Names these slugs no more, and asks anew. */
  forget(slugs: readonly string[]): void {
    this.unknownSubjects = this.unknownSubjects.map(({ subject, count }) => ({
      subject: hideInSubject(subject, (token) => slugs.includes(token)),
      count,
    }));
    this.#asking = this.#asking.then(() => this.refresh());
  }

  /** The state of the database in the words of the contract. */
  status(): StoreStatus {
    const { failure } = this;
    const figures = this.#figures;
    return {
      state: failure === null ? 'ok' : 'failing',
      detail: failure === null ? 'takes batches' : failure.message,
      file: figures.file,
      bytes: figures.bytes,
      wal_bytes: figures.walBytes,
      journal_rows: figures.journalRows,
      candle_rows: figures.candleRows,
      oldest_event_at: toTimestampOrNull(figures.oldestEventAt),
      synchronous: figures.synchronous,
      schema_version: figures.schemaVersion,
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
