import type { AnalyticsWindow, SeriesPoint, TailEvent } from '../../../src-contract/analytics.ts';
import type { FeedName, FeedParams } from '../../../src-contract/channels.ts';
import { toTimestampOrNull } from '../../../src-contract/timestamp.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { FeedSource, FeedSources } from '../../router/feed-source.ts';
import { paramsText, type Publisher } from '../../router/publisher.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { analyticsFigures, analyticsSeries } from './analytics-views.ts';
import { ShownRows } from './shown-rows.ts';

/** While events come their feeds are looked at this often, in milliseconds: 4 times a second. */
const LOOK_MS = 250;

type Listed = 'analytics' | 'eventTail';

/** What the feeds about events read, at the moment they are read. */
export interface EventReadings {
  readonly active: EnvironmentRuntime;
  readonly publisher: Publisher;
}

/**
 * The feeds about activity and analytics. Events come too fast to tell of each: at most 4 times a second what is read is
 * computed anew (windows over more than 5 minutes once), and readers are told of the rows that differ.
 */
export class EventViews implements Stoppable {
  readonly #parts: EventReadings;
  readonly #clock: Clock;
  /** The rows of every open feed, by its parameters. */
  readonly #shown: Record<Listed, Map<string, Pick<ShownRows<never>, 'refresh'>>> = {
    analytics: new Map(),
    eventTail: new Map(),
  };
  #cancelLook: (() => void) | null = null;
  /** Of which activity readers were told last: of none twice, because it makes them ask for all of it. */
  #toldActivity = '';

  constructor(parts: EventReadings, clock: Clock) {
    this.#parts = parts;
    this.#clock = clock;
  }

  /** The feeds. */
  sources(): Pick<FeedSources, 'activity' | Listed> {
    const active = () => this.#parts.active;
    return {
      activity: () => ({ head: () => activityState(active()), rows: () => [], row: () => null }),
      analytics: (params) =>
        this.#listed('analytics', params, {
          head: () => analyticsFigures(active(), params.window, this.#clock.now()),
          shown: new ShownRows(
            ({ at }) => at,
            () => analyticsSeries(active(), params.window, this.#clock.now()),
          ),
        }),
      eventTail: (params) =>
        this.#listed('eventTail', params, {
          head: () => ({ env: active().env, seen: active().events.tails[params.family].seen }),
          shown: new ShownRows(
            ({ id }) => id,
            () => active().events.tails[params.family].newest(params.q),
          ),
        }),
    };
  }

  /** Events were counted: their readers are told soon. */
  changed(): void {
    const { publisher } = this.#parts;
    if (!FEEDS.some((feed) => isRead(publisher, feed))) return;
    this.#cancelLook ??= this.#clock.after(LOOK_MS, () => {
      this.#cancelLook = null;
      this.#look(isShort);
    });
  }

  /** Once a second: computes all that is read anew, because windows slide even when no event comes. */
  look(): void {
    this.#look(() => true);
  }

  #look(isDue: (params: object) => boolean): void {
    const { publisher } = this.#parts;
    const { env, events } = this.#parts.active;
    const told = `${env} ${events.activity.total}`;
    if (told !== this.#toldActivity) publisher.touchHead('activity');
    this.#toldActivity = told;
    this.#refresh('analytics', isDue);
    this.#refresh('eventTail', isDue);
  }

  stop(): Promise<void> {
    this.#cancelLook?.();
    this.#cancelLook = null;
    return Promise.resolve();
  }

  #listed<N extends Listed, R extends SeriesPoint | TailEvent>(
    feed: N,
    params: FeedParams<N>,
    { head, shown }: { head: FeedSource<N>['head']; shown: ShownRows<R> },
  ): { head: FeedSource<N>['head']; rows(): R[]; row(key: string): R | null } {
    this.#shown[feed].set(paramsText(params), shown);
    return { head, rows: () => shown.all(), row: (key) => shown.row(key) };
  }

  #refresh(feed: Listed, isDue: (params: object) => boolean): void {
    const { publisher } = this.#parts;
    const open = new Map([...publisher.openParams(feed)].map((given) => [paramsText(given), given]));
    for (const [params, shown] of this.#shown[feed]) {
      const given = open.get(params);
      if (given === undefined) this.#shown[feed].delete(params);
      if (given === undefined || !isDue(given)) continue;
      publisher.touchHead(feed, params);
      for (const key of shown.refresh()) publisher.touch(feed, key, params);
    }
  }
}

const FEEDS: readonly FeedName[] = ['activity', 'analytics', 'eventTail'];

/** Long windows change little in a quarter of a second, and adding them up costs the most: a second is soon enough. */
function isShort(params: { window?: AnalyticsWindow }): boolean {
  return params.window === undefined || params.window === '1m' || params.window === '5m';
}

function isRead(publisher: Publisher, feed: FeedName): boolean {
  const [open] = publisher.openParams(feed);
  return open !== undefined;
}

function activityState({ env, events }: EnvironmentRuntime): ReturnType<FeedSource<'activity'>['head']> {
  const { total, newestAt } = events.activity;
  return { env, total, newest_at: toTimestampOrNull(newestAt) };
}
