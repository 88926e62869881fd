import { Counter, Gauge, Registry } from '@prometheus-io/client';
import type { CallResult } from '../../src-contract/channels.ts';
import type { Stage } from '../../src-contract/analytics.ts';
import type { LoopDelay } from './loop-delay.ts';
import { runFigures, totalsFigures } from './invoice-metrics.ts';
import type { MetricFigure } from './metric-figure.ts';
import { stageFigures } from './pipeline-metrics.ts';
import { pollingFigures, type PollingReport } from './polling-metrics.ts';

type SystemReport = CallResult<'system.status'>;

/** What the engine answered; null where it did not. */
export interface EngineFigures {
  readonly report: SystemReport | null;
  readonly polled: PollingReport | null;
  readonly invoices: CallResult<'invoices.stats'> | null;
  readonly stages: readonly Stage[] | null;
}

/** What the host itself knows. */
export interface HostFigures {
  readonly uptimeSeconds: number;
  readonly loopDelay: LoopDelay;
  readonly webSockets: number;
  readonly eventSockets: number;
  readonly engineRestarts: number;
  /** What requests with events were answered. */
  readonly intake: readonly MetricFigure[];
}

type Samples = MetricFigure['samples'];

/** The metrics in Prometheus' text format; without reports (the engine does not answer) only those of the host. */
export async function metricsText(host: HostFigures, engine: EngineFigures): Promise<string> {
  const { report, polled, invoices, stages } = engine;
  const registry = new Registry();
  const gauge = (name: string, help: string, samples: Samples): void =>
    addFigure(registry, { name, help, samples });
  const one = (name: string, help: string, value: number): void => gauge(name, help, [[value, {}]]);

  hostMetrics(registry, host, one, gauge, report !== null);
  if (report !== null) {
    trafficMetrics(report, one, gauge);
    storeMetrics(report, one, gauge);
  }
  const figures = [
    ...host.intake,
    ...(stages === null ? [] : stageFigures(stages)),
    ...(polled === null ? [] : pollingFigures(polled)),
    ...(report === null ? [] : runFigures(report.invoices)),
    ...(report === null || invoices === null ? [] : totalsFigures(report.env, invoices)),
  ];
  for (const figure of figures) addFigure(registry, figure);
  return registry.metrics();
}

function addFigure(registry: Registry, { kind, name, help, samples }: MetricFigure): void {
  // Without labels it would be written as one figure, of 0.
  if (samples.length === 0) return;
  const labelNames = Object.keys(samples[0]?.[1] ?? {});
  const options = { name: `pulsedesk_${name}`, help, labelNames, registers: [registry] };
  if (kind === 'counter') {
    const counter = new Counter(options);
    for (const [value, labels] of samples) counter.inc(labels, value);
  } else {
    const metric = new Gauge(options);
    for (const [value, labels] of samples) metric.set(labels, value);
  }
}

type One = (name: string, help: string, value: number) => void;
type Many = (name: string, help: string, samples: Samples) => void;

function hostMetrics(registry: Registry, host: HostFigures, one: One, gauge: Many, up: boolean): void {
  one('up', '1 while the engine answers', up ? 1 : 0);
  one('uptime_seconds', 'Seconds since the host started', host.uptimeSeconds);
  one('websocket_clients', 'Open WebSockets of pages', host.webSockets);
  one('event_sockets', 'Open WebSockets that bring events', host.eventSockets);
  gauge('host_loop_delay_seconds', 'Delay of the host event loop in the last 10 s', [
    [host.loopDelay.p50, { quantile: '0.5' }],
    [host.loopDelay.p99, { quantile: '0.99' }],
    [host.loopDelay.max, { quantile: '1' }],
  ]);
  addFigure(registry, {
    kind: 'counter',
    name: 'engine_restarts_total',
    help: 'Times the engine thread was restarted',
    samples: [[host.engineRestarts, {}]],
  });
}

function trafficMetrics(report: SystemReport, one: One, gauge: Many): void {
  const { env, state, ledgers, queues, streams } = report;
  gauge('info', 'Version and active environment', [[1, { version: report.version, env }]]);
  one('degraded', '1 while something is wrong', state === 'degraded' ? 1 : 0);
  one('events_per_second', 'Events stored per second', report.events_per_second);
  const outcomes = ['received', 'stored', 'repeated', 'rejected', 'waiting', 'other'] as const;
  gauge(
    'ledger_events',
    'Events of the active environment by source and outcome; received = stored + repeated + rejected + waiting',
    ledgers.flatMap((row) =>
      outcomes.map((outcome) => [row[outcome], { env, source: row.source, outcome }] as const),
    ),
  );
  gauge('rejects_open', 'Events that failed validation and were not mended since', [
    [report.ledger.rejected, { env }],
  ]);
  gauge(
    'queue_size',
    'Entries in a bounded queue',
    queues.map((queue) => [queue.size, { queue: queue.id }]),
  );
  gauge(
    'queue_limit',
    'Limit of a bounded queue',
    queues.map((queue) => [queue.limit, { queue: queue.id }]),
  );
  const high = queues.map((queue) => [queue.high_water, { queue: queue.id }] as const);
  gauge('queue_high_water', 'Most entries a queue has held', high);
  const named = streams.filter((stream) => stream.active);
  const label = (stream: (typeof streams)[number]) => ({ env: stream.env, stream: stream.name });
  gauge(
    'stream_lag',
    'Messages of a stream not yet stored',
    named.map((stream) => [stream.lag, label(stream)]),
  );
  const stored = named.map((stream) => [stream.stored_seq, label(stream)] as const);
  gauge('stream_stored_sequence', 'Sequence up to which a stream is stored', stored);
}

function storeMetrics({ store, service_counts }: SystemReport, one: One, gauge: Many): void {
  const services = Object.entries(service_counts);
  gauge(
    'services',
    'Supervised services by state',
    services.map(([state, count]) => [count, { state }]),
  );
  one('store_ok', '1 while the database works', store.state === 'ok' ? 1 : 0);
  one('store_bytes', 'Size of the database file', store.bytes);
  one('store_wal_bytes', 'Size of the write-ahead log', store.wal_bytes);
  one('store_journal_rows', 'Rows in the journal', store.journal_rows);
  gauge(
    'store_candle_rows',
    'Stored candles by interval',
    Object.entries(store.candle_rows).map(([interval, rows]) => [rows, { interval }]),
  );
  gauge('store_commit_seconds', 'Time from handing a batch over to its commit', [
    [store.commit_p50_us / 1e6, { quantile: '0.5' }],
    [store.commit_p99_us / 1e6, { quantile: '0.99' }],
  ]);
}
