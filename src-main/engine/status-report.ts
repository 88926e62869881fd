import type {
  Ledger,
  QueueStatus,
  Source,
  SourceLedger,
  SourceStateName,
  StreamStatus,
  SystemStatus,
} from '../../src-contract/system.ts';
import { hideInSubject } from '../../src-contract/hidden-slug.ts';
import { toTimestamp } from '../../src-contract/timestamp.ts';
import type { StreamReading } from '../pipeline/intake-hub.ts';
import { MAX_SYMBOLS } from '../projections/quotes/quote-book.ts';
import { MAX_SERIES } from '../projections/tickers/candle-book.ts';
import type { EngineOptions } from './engine-port.ts';
import type { EnvironmentRuntime } from './environment-runtime.ts';
import { serviceCounts, type SeenState } from './service-tree.ts';
import type { StoreWatch } from './store-watch.ts';

/** Everything the status is put together from, read at one moment. */
export interface StatusParts {
  options: EngineOptions;
  instanceId: string;
  startedAt: number;
  now: number;
  runtime: EnvironmentRuntime;
  watch: StoreWatch;
  sources: Source[];
  services: SeenState[];
  writerQueue: { size: number; limit: number; highWater: number };
  waitingLimit: number;
  waitingHighWater: number;
  eventsPerSecond: number;
  /** What else is wrong, in words. */
  notices: readonly string[];
}

/** Puts the status together. */
export function statusReport(parts: StatusParts): SystemStatus {
  const { options, runtime, watch, now } = parts;
  const ledgers = runtime.ledgers().map(({ source, count }) => ({ source, ...count.read() }));
  const readings = runtime.hub.readings();
  const degraded = whatIsWrong(parts);
  return {
    version: options.version,
    instance_id: parts.instanceId,
    pid: process.pid,
    state: degraded.length === 0 ? 'ok' : 'degraded',
    degraded,
    env: runtime.env,
    environments: [...new Set([...watch.environments, runtime.env])].sort(),
    demo: { on: options.demo.on, seed: options.demo.seed },
    started_at: toTimestamp(parts.startedAt),
    uptime_s: Math.max(0, now - parts.startedAt) / 1000,
    events_per_second: parts.eventsPerSecond,
    sources: parts.sources,
    streams: readings.map(toStream),
    ledger: sumOf(ledgers),
    ledgers,
    unknown_subjects: unknownSubjects(parts),
    queues: queuesOf(parts, readings.filter(({ record }) => record.active).length),
    store: watch.status(),
    service_counts: serviceCounts(parts.services),
  };
}

function unknownSubjects({ watch, runtime }: StatusParts): SystemStatus['unknown_subjects'] {
  const leaving = runtime.leaving();
  if (leaving.size === 0) return watch.unknownSubjects;
  return watch.unknownSubjects.map(({ subject, count }) => ({
    subject: hideInSubject(subject, (token) => leaving.has(token)),
    count,
  }));
}

function toStream({ record, firstSeq, lastSeq, storedSeq }: StreamReading): StreamStatus {
  return {
    name: record.name,
    env: record.env,
    incarnation: record.incarnation,
    created: toTimestamp(record.createdAt),
    active: record.active,
    first_seq: firstSeq,
    last_seq: lastSeq,
    stored_seq: storedSeq,
    lag: Math.max(0, lastSeq - storedSeq),
    gaps: record.gaps.slice(-20).map((gap) => ({
      first_seq: gap.firstSeq,
      last_seq: gap.lastSeq,
      count: gap.lastSeq - gap.firstSeq + 1,
      noticed_at: toTimestamp(gap.noticedAt),
      reason: gap.reason,
    })),
  };
}

function sumOf(ledgers: readonly SourceLedger[]): Ledger {
  const total: Ledger = { received: 0, stored: 0, repeated: 0, rejected: 0, waiting: 0 };
  for (const ledger of ledgers) {
    total.received += ledger.received;
    total.stored += ledger.stored;
    total.repeated += ledger.repeated;
    total.rejected += ledger.rejected;
    total.waiting += ledger.waiting;
  }
  return total;
}

function queuesOf(parts: StatusParts, streams: number): QueueStatus[] {
  return [
    {
      id: 'intake',
      title: 'Received, not yet stored',
      size: parts.runtime.hub.waiting,
      limit: parts.waitingLimit * Math.max(1, streams),
      high_water: parts.waitingHighWater,
    },
    {
      id: 'writer',
      title: 'Requests to the writer',
      size: parts.writerQueue.size,
      limit: parts.writerQueue.limit,
      high_water: parts.writerQueue.highWater,
    },
    ...parts.runtime.stages
      .read()
      .map(({ id, title, queue }) => ({ id: `stage-${id}`, title: `Before stage ${title}`, ...queue })),
  ];
}

/** Prices there was no room for, in the environment that is shown. */
function refusedPrices({ projection, tickers }: EnvironmentRuntime): string[] {
  const count = (prices: number, what: string, limit: string): string[] =>
    prices === 0
      ? []
      : [
          `${prices.toLocaleString('en')} prices since the start ${what}: they are beyond the limit of ${limit}`,
        ];
  return [
    ...count(projection.quotes.refused, 'are not shown', `${MAX_SYMBOLS.toLocaleString('en')} symbols`),
    ...count(tickers.book.refused, 'are not charted', `${MAX_SERIES.toLocaleString('en')} series`),
  ];
}

const WRONG: ReadonlySet<SourceStateName> = new Set(['degraded', 'unreachable', 'failed']);

function whatIsWrong({ sources, services, watch, runtime, notices }: StatusParts): string[] {
  const failed = services.filter(({ state }) => state.state === 'failed');
  return [
    ...sources.filter(({ state }) => WRONG.has(state)).map(({ title, detail }) => `${title}: ${detail}`),
    ...(watch.failure === null ? [] : [`Database: ${watch.failure.message}`]),
    ...refusedPrices(runtime),
    ...notices,
    ...(failed.length === 0
      ? []
      : [
          `${failed.length} failed: ${failed
            .slice(0, 5)
            .map(({ state }) => state.title)
            .join(', ')}`,
        ]),
  ];
}
