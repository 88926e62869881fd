import type { SourceIntake, StreamIntake } from '../../src-contract/intake.ts';
import type {
  Committed,
  EventBatch,
  JournalEvent,
  StreamIdentity,
  StreamRecord,
} from '../../src-contract/journal.ts';
import type { Clock } from '../lib/clock.ts';
import type { LedgerCount } from './ledger-count.ts';
import { StreamEntrance, type EntranceLimits } from './stream-entrance.ts';

/** What the hub asks of the store, and tells the engine. */
export interface IntakeHubOptions {
  env: string;
  clock: Clock;
  limits: EntranceLimits;
  ledgerOf: (source: string) => LedgerCount;
  openStream: (stream: StreamIdentity) => Promise<StreamRecord>;
  commit: (batch: EventBatch) => Promise<Committed>;
  recordGap: (
    incarnation: number,
    gap: { firstSeq: number; lastSeq: number; reason: string },
  ) => Promise<void>;
  onCommitted: (committed: Committed, events: JournalEvent[]) => void;
  onFailure: (error: Error | null) => void;
  retryDelay: (attempt: number) => number;
}

/** A stream as it is read now: what is stored of it and where the server says it begins and ends. */
export interface StreamReading {
  record: StreamRecord;
  storedSeq: number;
  firstSeq: number;
  lastSeq: number;
  waiting: number;
}

interface OpenStream {
  record: StreamRecord;
  entrance: StreamEntrance;
  firstSeq: number;
  lastSeq: number;
}

/**
 * All streams of one environment on their way into the store. A source that restarts gets the same entrance again once
 * everything it offered before is committed, so nothing is read twice. Streams that were replaced stay listed as inactive.
 */
export class IntakeHub {
  readonly #options: IntakeHubOptions;
  readonly #streams = new Map<number, OpenStream>();

  constructor(options: IntakeHubOptions) {
    this.#options = options;
  }

  /** The entrance of one source. */
  of(source: string): SourceIntake {
    return { openStream: (stream) => this.#open({ ...stream, env: this.#options.env, source }) };
  }

  /** Every stream opened since start, oldest incarnation first. */
  readings(): StreamReading[] {
    return [...this.#streams.values()]
      .sort((a, b) => a.record.incarnation - b.record.incarnation)
      .map(({ record, entrance, firstSeq, lastSeq }) => ({
        record,
        storedSeq: entrance.storedSeq,
        firstSeq,
        lastSeq: Math.max(lastSeq, entrance.offeredSeq),
        waiting: entrance.waiting,
      }));
  }

  /** Messages offered and not yet committed, over all streams. */
  get waiting(): number {
    let waiting = 0;
    for (const { entrance } of this.#streams.values()) waiting += entrance.waiting;
    return waiting;
  }

  /** Resolves when everything offered is committed. */
  async drained(): Promise<void> {
    await Promise.all([...this.#streams.values()].map(({ entrance }) => entrance.drained()));
  }

  /** Gives up what is not committed; its sources will read it again. */
  abandon(): void {
    for (const { entrance } of this.#streams.values()) entrance.abandon();
  }

  async #open(identity: StreamIdentity): Promise<StreamIntake> {
    const record = await this.#options.openStream(identity);
    const known = this.#streams.get(record.incarnation);
    if (known !== undefined) {
      await known.entrance.drained();
      known.record = { ...record, storedSeq: known.entrance.storedSeq };
      return known.entrance;
    }
    for (const other of this.#streams.values()) {
      if (other.record.source === record.source && other.record.name === record.name) {
        other.record = { ...other.record, active: false };
      }
    }
    const entrance = this.#entranceOf(record);
    this.#streams.set(record.incarnation, { record, entrance, firstSeq: 0, lastSeq: record.storedSeq });
    return entrance;
  }

  #entranceOf(record: StreamRecord): StreamEntrance {
    const { clock, limits, commit, onCommitted, onFailure, retryDelay } = this.#options;
    return new StreamEntrance({
      record,
      clock,
      limits,
      ledger: this.#options.ledgerOf(record.source),
      commit,
      onCommitted,
      onFailure,
      retryDelay,
      observe: (position) => {
        const stream = this.#streams.get(record.incarnation);
        if (stream !== undefined) Object.assign(stream, position);
      },
      gap: (gap) => this.#gap(record.incarnation, gap),
    });
  }

  #gap(incarnation: number, gap: { firstSeq: number; lastSeq: number; reason: string }): void {
    const stream = this.#streams.get(incarnation);
    if (stream === undefined) return;
    const noticed = { ...gap, noticedAt: this.#options.clock.now() };
    stream.record = { ...stream.record, gaps: [...stream.record.gaps, noticed].slice(-20) };
    this.#options.recordGap(incarnation, gap).catch(this.#options.onFailure);
  }
}
