import type { SourceStatus } from '../source.ts';
import { notKnown, withoutPrices, type PollAnswer } from './answer-words.ts';
import type { BreakerView } from './poll-breaker.ts';

/** What the status of a stock source is made of; times are UTC milliseconds. */
export interface StockSituation {
  readonly host: string;
  /** Why no poll is planned; null: one is. */
  readonly idle: string | null;
  readonly breaker: Pick<BreakerView, 'state' | 'last_failure'>;
  readonly nextProbeAt: number | null;
  /** What was wrong with the last poll; null: nothing. */
  readonly failure: string | null;
  /** Null while a poll is under way. */
  readonly nextPollAt: number | null;
  /** What else is wrong, though prices come; null: nothing. */
  readonly problem: string | null;
  /** What the last poll was answered with; null: nothing yet. */
  readonly answer: PollAnswer | null;
  readonly hasSucceeded: boolean;
  readonly symbols: number;
  readonly intervalMs: number;
}

/** The status in words; it began at `since` if it is another state than before. */
export function stockStatus(situation: StockSituation, before: SourceStatus, now: number): SourceStatus {
  const status = statusOf(situation, now);
  if (!('since' in status) || !('since' in before) || status.state !== before.state) return status;
  return { ...status, since: before.since };
}

function statusOf(situation: StockSituation, since: number): SourceStatus {
  const { breaker, failure, idle, host, symbols, intervalMs } = situation;
  if (breaker.state === 'isolated') {
    return {
      state: 'unreachable',
      since,
      retryAt: null,
      detail: 'breaker tripped by hand: nothing is asked',
    };
  }
  if (breaker.state !== 'closed') {
    const detail = `breaker open: ${breaker.last_failure ?? 'it failed'}`;
    return { state: 'unreachable', since, retryAt: situation.nextProbeAt, detail };
  }
  if (idle !== null) return { state: 'live', since, detail: idle, delivery: null };
  if (failure !== null) {
    const detail = situation.problem === null ? failure : `${failure}; ${situation.problem}`;
    return { state: 'unreachable', since, retryAt: situation.nextPollAt, detail };
  }
  if (!situation.hasSucceeded) return { state: 'connecting', since, detail: `asking ${host}` };
  const without = situation.answer === null ? null : withoutPrices(situation.answer);
  if (without !== null) return { state: 'degraded', since, retryAt: situation.nextPollAt, detail: without };
  const problems = [notKnown(situation.answer?.missing ?? []), situation.problem];
  const detail = [
    `polling ${counted(symbols)} every ${intervalMs / 1000} s`,
    ...problems.filter((problem) => problem !== null),
  ].join('; ');
  return { state: 'live', since, detail, delivery: null };
}

function counted(symbols: number): string {
  return symbols === 1 ? '1 symbol' : `${symbols} symbols`;
}
