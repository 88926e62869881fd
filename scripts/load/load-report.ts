import type { EventMaker } from './event-maker.ts';
import type { LoadFigures } from './load-figures.ts';
import type { LoadOptions } from './load-options.ts';

/** The figures of a run, as `--json` prints them. Latencies are milliseconds, shares of a hundred. */
export function loadReport(options: LoadOptions, figures: LoadFigures, made: EventMaker['counts']) {
  const { latency } = figures;
  return {
    target: options.target,
    url: options.url,
    loop: options.closed ? 'closed' : 'open',
    rate: options.rate,
    seed: options.seed,
    interrupted: figures.isInterrupted,
    seconds: figures.elapsedMs / 1000,
    requests: { sent: figures.sentRequests, unanswered: figures.sentRequests - figures.answered },
    events: {
      ...{ sent: figures.sentEvents, accepted: figures.accepted, rejected: figures.rejected },
      ...{ bad: made.bad, repeated: made.repeated },
    },
    achieved_per_second: figures.acceptedPerSecond,
    answers: Object.fromEntries([...figures.answers].toSorted()),
    latency_ms: {
      count: latency.count,
      p50: latency.percentile(50) / 1000,
      p95: latency.percentile(95) / 1000,
      p99: latency.percentile(99) / 1000,
      max: latency.max / 1000,
    },
  };
}

/** A report in words. */
export function loadText(report: ReturnType<typeof loadReport>): string {
  const { answers, events, latency_ms: latency, requests } = report;
  const wanted = report.rate === null ? 'as many as are answered' : `${count(report.rate)} events/s`;
  const from = report.loop === 'open' ? 'from when each was due' : 'from sending';
  const kinds = Object.entries(answers).map(([kind, number]) => `${kind}: ${count(number)}`);
  return [
    `${report.target} ${report.url}, ${report.loop} loop, ${wanted}, seed ${report.seed}${report.interrupted ? ', interrupted' : ''}`,
    `achieved  ${count(report.achieved_per_second)} events/s accepted over ${report.seconds.toFixed(1)} s`,
    `events    ${count(events.sent)} sent (${count(events.bad)} bad, ${count(events.repeated)} repeated), ` +
      `${count(events.accepted)} accepted, ${count(events.rejected)} listed as rejects`,
    `requests  ${count(requests.sent)} sent, ${count(requests.unanswered)} unanswered; ${kinds.join(', ') || 'no answers'}`,
    latency.count === 0
      ? 'latency   none: no request was taken'
      : `latency   P50 ${ms(latency.p50)}, P95 ${ms(latency.p95)}, P99 ${ms(latency.p99)}, max ${ms(latency.max)} ` +
        `of ${count(latency.count)} taken requests, ${from}`,
  ].join('\n');
}

function count(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 1 });
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}
