import type { Service, SystemStatus } from '../../src-contract/system.ts';

const START = '2026-11-21T09:00:00.000Z';

/** A status in which all is well, for component tests; `patch` says what is different. */
export function fakeStatus(patch: Partial<SystemStatus> = {}): SystemStatus {
  return {
    version: '0.1.0',
    instance_id: 'INSTANCE',
    pid: 1,
    state: 'ok',
    degraded: [],
    env: 'demo',
    environments: ['demo', 'staging'],
    demo: { on: true, seed: 7 },
    started_at: START,
    uptime_s: 60,
    events_per_second: 25,
    sources: [
      {
        id: 'demo',
        title: 'Demo feed',
        state: 'live',
        since: START,
        retry_at: null,
        detail: '',
        delivery: null,
      },
    ],
    streams: [],
    ledger: { received: 10, stored: 6, repeated: 1, rejected: 2, waiting: 1 },
    ledgers: [{ source: 'demo', received: 10, stored: 6, repeated: 1, rejected: 2, waiting: 1, other: 0 }],
    unknown_subjects: [],
    queues: [{ id: 'intake', title: 'Intake', size: 3, limit: 10, high_water: 8 }],
    store: {
      state: 'ok',
      detail: '',
      file: 'pulse.db',
      bytes: 1000,
      wal_bytes: 0,
      journal_rows: 6,
      candle_rows: { '1s': 0, '1m': 0, '1h': 0, '1d': 0 },
      oldest_event_at: START,
      synchronous: 'FULL',
      schema_version: 1,
      commit_p50_us: 800,
      commit_p99_us: 4000,
      set_aside: null,
    },
    service_counts: { starting: 0, running: 1, backing_off: 0, failed: 0, stopped: 0 },
    ...patch,
  };
}

/** A running service, for component tests; `patch` says what is different. */
export function fakeService(patch: Partial<Service> = {}): Service {
  return {
    id: 'store:writer',
    title: 'Writer',
    group: 'store',
    state: 'running',
    since: START,
    restarts: 0,
    restart_at: null,
    last_error: null,
    last_error_at: null,
    ...patch,
  };
}
