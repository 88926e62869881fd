import { expect, it } from 'vitest';
import type { PollingReport } from './polling-metrics.ts';
import { metricsText } from './metrics.ts';

const report: PollingReport = {
  polling: {
    env: 'dev',
    api: { kind: 'external', url: 'https://prices.example/p' },
    ...{ interval_ms: 7500, interval_reason: 'as set', symbols: 4, calls: 12 },
    ...{ rows_accepted: 40, rows_rejected: 2, unknown_symbols: ['ZZZZ'], last_reject: null },
    ...{ last_poll_at: null, last_success_at: '2026-11-21T10:00:00.000Z', next_poll_at: null, faults: null },
    sharing: { role: 'alone', leader: null, instances: 1, detail: '' },
  },
  breaker: {
    ...{ env: 'dev', state: 'open', since: '2026-11-21T10:00:00.000Z', window_s: 30 },
    ...{ failures_in_a_row: 3, failures_in_window: 5, calls_in_window: 9, last_failure: 'HTTP 500' },
    ...{ last_failure_at: null, opened_at: null, next_probe_at: null, open_today_s: 61.5, history: [] },
  },
};
const host = {
  uptimeSeconds: 1,
  loopDelay: { p50: 0, p99: 0, max: 0 },
  webSockets: 0,
  eventSockets: 0,
  engineRestarts: 0,
  intake: [],
};

it('tells Prometheus of the breaker and the polling', async () => {
  const lines = (
    await metricsText(host, { report: null, polled: report, invoices: null, stages: null })
  ).split('\n');
  for (const line of [
    'pulsedesk_breaker_state{env="dev",state="open"} 1',
    'pulsedesk_breaker_state{env="dev",state="closed"} 0',
    'pulsedesk_breaker_failures_in_a_row{env="dev"} 3',
    'pulsedesk_breaker_window_calls{env="dev"} 9',
    'pulsedesk_breaker_open_today_seconds{env="dev"} 61.5',
    'pulsedesk_polling_interval_seconds{env="dev"} 7.5',
    'pulsedesk_polling_symbols{env="dev"} 4',
    'pulsedesk_polling_unknown_symbols{env="dev"} 1',
    'pulsedesk_polling_calls{env="dev"} 12',
    'pulsedesk_polling_rows{env="dev",outcome="rejected"} 2',
    'pulsedesk_polling_last_success_timestamp_seconds{env="dev"} 1795255200',
  ]) {
    expect(lines).toContain(line);
  }
  expect(
    (await metricsText(host, { report: null, polled: null, invoices: null, stages: null })).includes(
      'pulsedesk_breaker',
    ),
  ).toBe(false);
});
