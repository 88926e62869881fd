import type { Committed, EventBatch, StreamRecord } from '../../src-contract/journal.ts';
import { freeMemory } from '../lib/free-memory.ts';
import type { IntakeHub } from '../pipeline/intake-hub.ts';
import type { LedgerCount } from '../pipeline/ledger-count.ts';
import type { PipelineStages } from '../pipeline/stages/pipeline-stages.ts';
import type { EnvironmentInvoices } from './invoices/environment-invoices.ts';
import type { EnvironmentEvents } from './events/environment-events.ts';
import type { EventLatencies } from './events/event-latencies.ts';
import type { Replayed } from './replay.ts';
import type { RuntimeOptions } from './runtime-options.ts';

/** First and longest wait until a refused commit is tried again, in milliseconds. */
const RETRY_MS = { first: 100, max: 3000 };

/** What the intake of an environment feeds, and the streams of earlier runs. */
export interface HubParts extends Pick<Replayed, 'projection' | 'tickers'> {
  invoices: EnvironmentInvoices;
  events: EnvironmentEvents;
  latencies: EventLatencies;
  stages: PipelineStages;
  known: readonly StreamRecord[];
}

/** How the intake of an environment works with the store, and who is told of what it committed. */
export function hubOptions(
  options: RuntimeOptions,
  { projection, tickers, invoices, events, latencies, stages, known }: HubParts,
  ledgerOf: (source: string) => LedgerCount,
): ConstructorParameters<typeof IntakeHub>[0] {
  const { env, store, clock, limits, commitLatency, onStored, onStoreFailure } = options;
  const part = `batches of ${env}`;
  return {
    env,
    known,
    clock,
    limits,
    stages,
    baseCurrency: () => projection.currency,
    ledgerOf,
    openStream: (stream) => store.writer.openStream(stream, clock.now()),
    recordGap: (incarnation, gap) => store.writer.recordGap(incarnation, gap, clock.now()),
    passOver: (incarnation, lastSeq) => store.writer.passOver(incarnation, lastSeq),
    commit: async (batch: EventBatch): Promise<Committed> => {
      const begun = clock.monotonic();
      const committed = await store.writer.commit(batch);
      commitLatency.record((clock.monotonic() - begun) * 1000);
      onStoreFailure(part, null);
      // At the very end: it is stored, so nobody tries it again.
      freeMemory(batch.bodies);
      return committed;
    },
    onCommitted: ({ batch }, stored) => {
      projection.apply(batch, stored);
      tickers.apply(batch, stored);
      invoices.apply(batch, stored);
      events.apply(batch, stored);
      onStored(stored.length);
    },
    onLatency: (kind, us, count) => latencies.record(kind, us, count),
    onFailure: (error) => onStoreFailure(part, error),
    retryDelay: (attempt) => Math.min(RETRY_MS.max, RETRY_MS.first * 2 ** (attempt - 1)),
  };
}
