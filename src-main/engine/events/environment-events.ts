import type { ActivityCheckpoint } from '../../../src-contract/activity-store.ts';
import type { AnalyticsCheckpoint } from '../../../src-contract/analytics-store.ts';
import { EVENT_KINDS } from '../../../src-contract/event-kinds.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import { ContractError } from '../../../src-contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { ActivityProjection } from '../../projections/activity/activity-projection.ts';
import type { AnalyticsProjection } from '../../projections/analytics/analytics-projection.ts';
import type { Store } from '../../store/open-store.ts';
import { Checkpointer } from '../checkpointer.ts';
import { EventTail } from './event-tail.ts';

/** What the events of an environment work with. */
export interface EnvironmentEventsOptions {
  env: string;
  store: Pick<Store, 'writer'>;
  clock: Clock;
  /** Both loaded, and brought up to the end of the journal. */
  activity: ActivityProjection;
  analytics: AnalyticsProjection;
  /** Activity or analytics events were applied. */
  onChange: () => void;
  /** The store refused a checkpoint; null: it takes them again. */
  onFailure: (part: string, error: unknown) => void;
}

/** Activity and analytics of one environment: summed up in memory, merged into what is stored, and the newest to look at. */
export class EnvironmentEvents implements Stoppable {
  readonly activity: ActivityProjection;
  readonly analytics: AnalyticsProjection;
  readonly tails = {
    activity: new EventTail(EVENT_KINDS['activity.recorded']),
    analytics: new EventTail(EVENT_KINDS['analytics.event']),
  };
  readonly #onChange: () => void;
  #shards = 0;
  readonly #activityCheckpoints: Checkpointer<ActivityCheckpoint>;
  readonly #analyticsCheckpoints: Checkpointer<AnalyticsCheckpoint>;

  constructor(options: EnvironmentEventsOptions) {
    const { env, store, clock, activity, analytics, onChange, onFailure } = options;
    this.activity = activity;
    this.analytics = analytics;
    this.#onChange = onChange;
    this.#activityCheckpoints = new Checkpointer({
      clock,
      take: () => activity.takeCheckpoint(),
      write: (checkpoint) => store.writer.activityCheckpoint(checkpoint),
      onWritten: () => undefined,
      onFailure: (error) => onFailure(`activity of ${env}`, error),
    });
    this.#analyticsCheckpoints = new Checkpointer({
      clock,
      take: () => analytics.takeCheckpoint(),
      write: (checkpoint) => store.writer.analyticsCheckpoint(checkpoint),
      onWritten: () => undefined,
      onFailure: (error) => onFailure(`analytics of ${env}`, error),
    });
  }

  /** Applies one committed batch. */
  apply(batch: number, events: readonly JournalEvent[]): void {
    const { activity, analytics, tails } = this;
    const before = tails.activity.seen + tails.analytics.seen;
    activity.apply(batch, events);
    analytics.apply(batch, events);
    tails.activity.add(events);
    tails.analytics.add(events);
    if (activity.full) this.#activityCheckpoints.writeSoon();
    if (analytics.full) this.#analyticsCheckpoints.writeSoon();
    if (tails.activity.seen + tails.analytics.seen !== before) this.#onChange();
  }

  /** Adds analytics up in so many threads beside this one from now on; `onFailure` is told of those that fail. */
  useShards(count: number, onFailure: (error: Error) => void): Promise<void> {
    return this.#shards === count ? Promise.resolve() : this.#changeShards(count, onFailure);
  }

  /** Resolves when all activity that was applied is in the store; rejects with a ContractError when that fails. */
  activityStored(): Promise<void> {
    return stored(this.#activityCheckpoints);
  }

  /** Resolves when all analytics events that were applied are in the store; rejects with a ContractError when that fails. */
  analyticsStored(): Promise<void> {
    return stored(this.#analyticsCheckpoints);
  }

  /** Writes what was summed up. */
  async stop(): Promise<void> {
    await this.useShards(0, () => undefined);
    await this.#activityCheckpoints.stop();
    await this.#analyticsCheckpoints.stop();
  }

  #changeShards(count: number, onFailure: (error: Error) => void): Promise<void> {
    this.#shards = count;
    return this.analytics.useShards(count, onFailure);
  }
}

async function stored(checkpoints: Pick<Checkpointer<never>, 'flush'>): Promise<void> {
  if (await checkpoints.flush()) return;
  throw new ContractError('unavailable', 'the database does not take what was counted');
}
