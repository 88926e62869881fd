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
import type { EntranceLimits } from './entrance-options.ts';
import type { PipelineStages } from './stages/pipeline-stages.ts';
import { StreamEntrance } from './stream-entrance.ts';

/** What the hub asks of the store, and tells the engine. */
export interface IntakeHubOptions {
  env: string;
  /** Streams of earlier runs: listed as they are stored, until one is opened again. */
  known: readonly StreamRecord[];
  clock: Clock;
  limits: EntranceLimits;
  /** What all streams go through. */
  stages: PipelineStages;
  /** The currency of amounts that name none. */
  baseCurrency: () => string;
  ledgerOf: (source: string) => LedgerCount;
  openStream: (stream: StreamIdentity) => Promise<StreamRecord>;
  commit: (batch: EventBatch) => Promise<Committed>;
  recordGap: (
    incarnation: number,
    gap: { firstSeq: number; lastSeq: number; reason: string },
  ) => Promise<void>;
  passOver: (incarnation: number, lastSeq: number) => Promise<void>;
  onCommitted: (committed: Committed, events: JournalEvent[]) => void;
  /** How long events that arrived together took to be committed or projected, in microseconds. */
  onLatency: (kind: 'commit' | 'projection', us: number, events: number) => void;
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
  readonly #earlier: Map<number, StreamRecord>;

  constructor(options: IntakeHubOptions) {
    this.#options = options;
    this.#earlier = new Map(options.known.map((record) => [record.incarnation, record]));
  }

  /** The entrance of one source. */
  of(source: string): SourceIntake {
    return { openStream: (stream) => this.#open({ ...stream, env: this.#options.env, source }) };
  }

  /** Every stream of the environment, oldest incarnation first. */
  readings(): StreamReading[] {
    const earlier = [...this.#earlier.values()].map(readingOf);
    const open = [...this.#streams.values()].map(({ record, entrance, firstSeq, lastSeq }) => ({
      record,
      storedSeq: entrance.storedSeq,
      firstSeq,
      lastSeq: Math.max(lastSeq, entrance.offeredSeq),
      waiting: entrance.waiting,
    }));
    return [...earlier, ...open].sort((a, b) => a.record.incarnation - b.record.incarnation);
  }

  /** Messages offered and not yet committed, over all streams. */
  get waiting(): number {
    let waiting = 0;
    for (const { entrance } of this.#streams.values()) waiting += entrance.waiting;
    return waiting;
  }

  /** Resolves when everything offered is committed and has reached the projections. */
  async drained(): Promise<void> {
    await Promise.all([...this.#streams.values()].map(({ entrance }) => entrance.drained()));
    await this.#options.stages.applied();
  }

  /** Gives up what is not committed; its sources will read it again. */
  abandon(): void {
    for (const { entrance } of this.#streams.values()) entrance.abandon();
    this.#options.stages.stop();
  }

  async #open(identity: StreamIdentity): Promise<StreamIntake> {
    const record = await this.#options.openStream(identity);
    const known = this.#streams.get(record.incarnation);
    if (known !== undefined) {
      await known.entrance.drained();
      known.record = { ...record, storedSeq: known.entrance.storedSeq };
      return known.entrance;
    }
    this.#earlier.delete(record.incarnation);
    for (const [incarnation, other] of this.#earlier) {
      if (isSameStream(other, record)) this.#earlier.set(incarnation, { ...other, active: false });
    }
    for (const other of this.#streams.values()) {
      if (isSameStream(other.record, record)) {
        other.record = { ...other.record, active: false };
      }
    }
    const entrance = this.#entranceOf(record);
    this.#streams.set(record.incarnation, { record, entrance, firstSeq: 0, lastSeq: record.storedSeq });
    return entrance;
  }

  #entranceOf(record: StreamRecord): StreamEntrance {
    const { stages, onFailure } = this.#options;
    stages.join();
    return new StreamEntrance({
      ...this.#options,
      record,
      ledger: this.#options.ledgerOf(record.source),
      onFailure: (error) => {
        stages.failing(error?.message ?? null);
        onFailure(error);
      },
      observe: (position) => {
        const stream = this.#streams.get(record.incarnation);
        if (stream !== undefined) Object.assign(stream, position);
      },
      gap: (gap) => this.#gap(record.incarnation, gap),
      passOver: (lastSeq) => {
        this.#options.passOver(record.incarnation, lastSeq).catch(onFailure);
      },
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

function isSameStream(one: StreamRecord, other: StreamRecord): boolean {
  return one.source === other.source && one.name === other.name;
}

/** A stream that is not read now: all that is known of it is how far it is stored. */
function readingOf(record: StreamRecord): StreamReading {
  const { storedSeq } = record;
  return { record, storedSeq, firstSeq: 0, lastSeq: storedSeq, waiting: 0 };
}
