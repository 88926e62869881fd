import type { IntakeRequest } from '../../../src-contract/intake.ts';
import type { MetricFigure } from '../metric-figure.ts';

type Labels = { via: IntakeRequest['via']; family: IntakeRequest['family']; answer: string };

/** Counts what requests and frames with events were answered: an HTTP status; of a frame `ok` or the code of its refusal. */
export class IntakeCounts {
  // As many entries as there are ways, families, statuses and codes: all of them closed lists.
  readonly #counts = new Map<string, { labels: Labels; count: number }>();

  /** Counts one answer. */
  count(via: Labels['via'], family: Labels['family'], answer: string): void {
    const key = `${via} ${family} ${answer}`;
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { labels: { via, family, answer }, count: 1 });
    else known.count += 1;
  }

  /** The counts as figures for Prometheus. */
  figures(): MetricFigure[] {
    return [
      {
        kind: 'counter',
        name: 'intake_requests_total',
        help: 'Requests and WebSocket frames with events since the start, by what they were answered: a status, or ok or a code',
        samples: [...this.#counts.values()].map(({ labels, count }) => [count, labels]),
      },
    ];
  }
}
