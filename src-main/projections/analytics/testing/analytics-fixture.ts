import type { AnalyticsBody } from '../../../../src-contract/event-bodies.ts';
import { EVENT_KINDS } from '../../../../src-contract/event-kinds.ts';
import { journalId, type JournalEvent } from '../../../../src-contract/journal.ts';
import { AnalyticsProjection } from '../analytics-projection.ts';
import { AnalyticsStoreModel } from './analytics-store-model.ts';

/** 21 November 2026, 09:30:00 UTC. */
export const START = Date.UTC(2026, 10, 21, 9, 30);

/** A projection of `demo` that starts from what a store holds, at a time that its test moves. */
export function analyticsProjection(
  clock: { now: number },
  store: AnalyticsStoreModel = new AnalyticsStoreModel(),
): AnalyticsProjection {
  return new AnalyticsProjection({ env: 'demo', state: store.state(clock.now), now: () => clock.now });
}

/** An event as it stands in the journal; a null body was redacted. */
export function analyticsEvent(at: number, body: Partial<AnalyticsBody> | null, seq = 1): JournalEvent {
  return {
    id: journalId(1, seq),
    kind: EVENT_KINDS['analytics.event'],
    source: 'nats',
    occurredAt: at,
    receivedAt: at,
    body: body === null ? null : { type: 'page_view', ...body },
  };
}
