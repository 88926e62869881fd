import type { CallResult } from '../../src-contract/channels.ts';
import { BREAKER_STATES } from '../../src-contract/polling.ts';
import type { MetricFigure } from './metric-figure.ts';

/** How the stock API is polled, and the breaker around it. */
export interface PollingReport {
  readonly polling: CallResult<'polling.get'>;
  readonly breaker: CallResult<'breaker.get'>;
}

/** The figures of the breaker and of the polling; counts are those of the running poller. */
export function pollingFigures({ polling, breaker }: PollingReport): MetricFigure[] {
  const { env } = polling;
  const one = (name: string, help: string, value: number): MetricFigure => ({
    ...{ name, help },
    samples: [[value, { env }]],
  });
  const seconds = (time: string | null): number => (time === null ? 0 : Date.parse(time) / 1000);
  return [
    {
      name: 'breaker_state',
      help: '1 for the state the circuit breaker around the stock API is in',
      samples: BREAKER_STATES.map((state) => [breaker.state === state ? 1 : 0, { env, state }]),
    },
    one(
      'breaker_failures_in_a_row',
      'Calls of the stock API that failed in a row',
      breaker.failures_in_a_row,
    ),
    one('breaker_window_calls', 'Calls in the window of the breaker', breaker.calls_in_window),
    one('breaker_window_failures', 'Failed calls in the window of the breaker', breaker.failures_in_window),
    one('breaker_open_today_seconds', 'Time not closed since the UTC day began', breaker.open_today_s),
    one('polling_interval_seconds', 'Distance of polls of the stock API', polling.interval_ms / 1000),
    one('polling_symbols', 'Symbols that are polled', polling.symbols),
    one('polling_unknown_symbols', 'Polled symbols the API does not know', polling.unknown_symbols.length),
    one('polling_calls', 'Calls since the poller was started', polling.calls),
    {
      name: 'polling_rows',
      help: 'Rows of answers since the poller was started, by outcome',
      samples: [
        [polling.rows_accepted, { env, outcome: 'accepted' }],
        [polling.rows_rejected, { env, outcome: 'rejected' }],
      ],
    },
    one(
      'polling_last_success_timestamp_seconds',
      'When the stock API last answered, in Unix time; 0: never',
      seconds(polling.last_success_at),
    ),
  ];
}
