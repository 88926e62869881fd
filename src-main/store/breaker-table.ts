import type { BreakerSpan, BreakerStateName, BreakerTransition } from '../../src-contract/polling.ts';
import type { BreakerTransitionRecord } from '../../src-contract/ticker-checkpoint.ts';
import { toTimestamp } from '../../src-contract/timestamp.ts';
import { environmentId } from './environment-table.ts';
import type { Statements } from './statements.ts';

/** Each environment keeps its newest transitions up to this number. */
const TRANSITIONS_KEPT = 10_000;

interface TransitionRow {
  id: number;
  at: number;
  from: BreakerStateName;
  to: BreakerStateName;
  reason: string;
}

/** Keeps a change of the breaker's state and lets go of the oldest beyond the limit; answers its id. */
export function addTransition(
  sql: Statements,
  envName: string,
  { at, from, to, reason }: BreakerTransitionRecord,
): number {
  const env = environmentId(sql, envName);
  const added = sql.row<{ id: number }>(
    'INSERT INTO breaker_transition (env, at, from_state, to_state, reason) VALUES (?, ?, ?, ?, ?) RETURNING id',
    env,
    at,
    from,
    to,
    reason,
  );
  sql.run(
    `DELETE FROM breaker_transition WHERE env = ? AND id <=
      (SELECT id FROM breaker_transition WHERE env = ? ORDER BY id DESC LIMIT 1 OFFSET ${TRANSITIONS_KEPT})`,
    env,
    env,
  );
  return added?.id ?? 0;
}

/** The newest transitions, newest first. */
export function readTransitions(sql: Statements, env: number, limit: number): BreakerTransition[] {
  return sql
    .rows<TransitionRow>(
      `SELECT id, at, from_state AS "from", to_state AS "to", reason FROM breaker_transition
        WHERE env = ? ORDER BY id DESC LIMIT ?`,
      env,
      limit,
    )
    .map((row) => ({ ...row, at: toTimestamp(row.at) }));
}

interface Span {
  from: number;
  to: number | null;
  /** The last moment at which it is known not to have been closed. */
  seen: number;
  reason: string;
}

/**
 * The times the breaker was not closed that touch the period, oldest first, the newest `limit` of them. One that the end
 * of the app cut off, so that nothing says when it closed, ends with the last that is known of it.
 */
export function readSpans(
  sql: Statements,
  env: number,
  period: { from: number; to: number },
  limit: number,
): BreakerSpan[] {
  const rows = sql.each<TransitionRow>(
    `SELECT id, at, from_state AS "from", to_state AS "to", reason FROM breaker_transition
      WHERE env = ? ORDER BY id`,
    env,
  );
  return spansOf(rows)
    .filter(({ from, to }) => from < period.to && (to === null || to > period.from))
    .slice(-limit)
    .map(({ from, to, reason }) => ({
      from: toTimestamp(from),
      to: to === null ? null : toTimestamp(to),
      reason,
    }));
}

function spansOf(transitions: Iterable<TransitionRow>): Span[] {
  const spans: Span[] = [];
  let open: Span | null = null;
  for (const { at, from, to, reason } of transitions) {
    if (open !== null && from === 'closed') {
      open.to = open.seen;
      open = null;
    }
    if (to === 'closed') {
      if (open !== null) open.to = at;
      open = null;
    } else if (open === null) {
      open = { from: at, to: null, seen: at, reason };
      spans.push(open);
    } else open.seen = at;
  }
  return spans;
}
