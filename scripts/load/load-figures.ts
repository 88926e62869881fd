import { LatencyHistogram } from '../../src-main/lib/latency-histogram.ts';
import type { LoadAnswer } from './load-target.ts';

/** Different answers that are told apart; further ones are counted together. */
const MAX_KINDS = 40;

/** What a run has come to so far. Times are milliseconds. */
export class LoadFigures {
  readonly latency = new LatencyHistogram();
  /** Requests by what they were answered. */
  readonly answers = new Map<string, number>();
  sentRequests = 0;
  sentEvents = 0;
  accepted = 0;
  rejected = 0;
  elapsedMs = 0;
  isInterrupted = false;

  /** How many requests were answered, or given up. */
  get answered(): number {
    return [...this.answers.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Events accepted in a second. */
  get acceptedPerSecond(): number {
    return this.elapsedMs === 0 ? 0 : (this.accepted * 1000) / this.elapsedMs;
  }

  /** Adds one answer; the latencies of requests that were taken count. */
  add({ accepted, kind, rejected, taken }: LoadAnswer, latencyMs: number): void {
    const name = this.answers.has(kind) || this.answers.size < MAX_KINDS ? kind : 'other';
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1);
    this.accepted += accepted;
    this.rejected += rejected;
    if (taken) this.latency.record(latencyMs * 1000);
  }
}
