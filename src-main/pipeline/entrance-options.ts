import type { Committed, EventBatch, JournalEvent, StreamRecord } from '../../src-contract/journal.ts';
import type { Clock } from '../lib/clock.ts';
import type { LedgerCount } from './ledger-count.ts';
import type { PipelineStages } from './stages/pipeline-stages.ts';

/** Limits of one stream's way into the store. */
export interface EntranceLimits {
  /** A batch closes at this many messages or events … */
  batchEvents: number;
  /** … or this many milliseconds after its first, whichever comes first. */
  lingerMs: number;
  /** Messages offered and not yet committed; at this number the source has no room. */
  waiting: number;
}

/** Where a stream's batches go, and what is told about them. */
export interface EntranceOptions {
  record: StreamRecord;
  clock: Clock;
  limits: EntranceLimits;
  /** The stages of its environment, which it shares with the other streams. */
  stages: PipelineStages;
  /** The currency of amounts that name none. */
  baseCurrency: () => string;
  ledger: LedgerCount;
  commit: (batch: EventBatch) => Promise<Committed>;
  /** Facts for the projections, in the order of commits. */
  onCommitted: (committed: Committed, events: JournalEvent[]) => void;
  /** How long events that arrived together took to be committed or projected, in microseconds. */
  onLatency: (kind: 'commit' | 'projection', us: number, events: number) => void;
  /** The store refused a batch and is asked again; null when it took it at last. */
  onFailure: (error: Error | null) => void;
  /** Milliseconds until the n-th retry. */
  retryDelay: (attempt: number) => number;
  observe: (position: { firstSeq: number; lastSeq: number }) => void;
  gap: (gap: { firstSeq: number; lastSeq: number; reason: string }) => void;
  passOver: (lastSeq: number) => void;
}
