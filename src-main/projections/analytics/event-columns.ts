import type { AnalyticsBody } from '../../../src-contract/event-bodies.ts';
import { EVENT_KINDS } from '../../../src-contract/event-kinds.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';

/** Most events that are summed up at once apart from the others: they have at most as many types. */
export const MAX_COLUMN_EVENTS = 10_000;

/** Analytics events as columns, as a shard takes them: index i of every column is the same event. */
export interface EventColumns {
  count: number;
  types: string[];
  /** Not a number: it has no value. */
  values: Float64Array;
  /** When each occurred, UTC milliseconds. */
  at: Float64Array;
  /** Empty: it has no user. */
  users: string[];
}

/** The analytics events among these, in columns of at most MAX_COLUMN_EVENTS each; at least one, which may be empty. */
export function eventColumns(events: readonly JournalEvent[]): EventColumns[] {
  const counted = events.filter(isCounted);
  const columns: EventColumns[] = [];
  for (let from = 0; from === 0 || from < counted.length; from += MAX_COLUMN_EVENTS) {
    columns.push(columnsOf(counted.slice(from, from + MAX_COLUMN_EVENTS)));
  }
  return columns;
}

/** An analytics event whose body is there. */
export function isCounted({ kind, body }: JournalEvent): boolean {
  return kind === EVENT_KINDS['analytics.event'] && body !== null;
}

function columnsOf(events: readonly JournalEvent[]): EventColumns {
  const bodies = events.map(({ body }) => body as AnalyticsBody);
  return {
    count: events.length,
    types: bodies.map(({ type }) => type),
    values: Float64Array.from(bodies, ({ value }) => value ?? NaN),
    at: Float64Array.from(events, ({ occurredAt }) => occurredAt),
    users: bodies.map(({ user_id: user }) => user ?? ''),
  };
}
