import type { CallResult } from '../../src-contract/channels.ts';

type Report = CallResult<'system.status'>;

/** The simulator before its first run. */
const noInvoiceRun: Report['invoices'] = {
  state: 'idle',
  run: null,
  generation: 1,
  produced: 0,
  shown: 0,
  waiting: 0,
  planned: 0,
  rate_per_s: 5,
  display_rate_per_s: 2,
  duration_s: 300,
  produced_per_s: 0,
  shown_per_s: 0,
  started_at: null,
  ended_at: null,
  undo_until: null,
  undo_count: 0,
  note: null,
};

/** A report of a healthy app for tests, with the fields that matter changed. */
export function reportOf(changes: Partial<Report> = {}): Report {
  const since = '2026-11-21T09:30:00.000Z';
  return {
    version: '0.0.0',
    instance_id: 'instance',
    pid: 1,
    state: 'ok',
    degraded: [],
    env: 'demo',
    environments: ['demo'],
    demo: { on: true, seed: 7 },
    started_at: since,
    uptime_s: 1,
    events_per_second: 12.5,
    sources: [],
    streams: [],
    ledger: { received: 10, stored: 6, repeated: 2, rejected: 1, waiting: 1 },
    ledgers: [{ source: 'demo', received: 10, stored: 6, repeated: 2, rejected: 1, waiting: 1, other: 3 }],
    unknown_subjects: [],
    queues: [{ id: 'intake', title: 'Intake', size: 1, limit: 1000, high_water: 20 }],
    store: {
      state: 'ok',
      detail: '',
      file: 'pulsedesk.db',
      bytes: 4096,
      wal_bytes: 0,
      journal_rows: 6,
      candle_rows: { '1s': 0, '1m': 0, '1h': 0, '1d': 0 },
      oldest_event_at: since,
      synchronous: 'FULL',
      schema_version: 1,
      commit_p50_us: 500,
      commit_p99_us: 2000,
      set_aside: null,
    },
    service_counts: { starting: 0, running: 3, backing_off: 1, failed: 0, stopped: 0 },
    invoices: noInvoiceRun,
    services: [],
    ...changes,
  };
}
