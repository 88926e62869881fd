import type { ActivitySummary } from '../../../src-contract/activity.ts';
import type { ActivityDays } from '../../../src-contract/activity-store.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Handlers } from '../../router/handlers.ts';
import type { Remote, ReaderPort } from '../../store/port.ts';
import { DAY_MS, startOfDay } from '../day.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { SummaryCache } from './summary-cache.ts';

const DEFAULT_DAYS = 30;
const DEFAULT_QUARTER_DAYS = 28;
const TOP_USERS = 50;

/** What the queries about activity read from. */
export interface ActivityHandlerOptions {
  read: (env: string | undefined) => Promise<EnvironmentRuntime>;
  reader: Pick<Remote<ReaderPort>, 'activityDays' | 'activityQuarters'>;
  clock: Clock;
}

/** Handlers of the queries about activity: each tells everything that was answered for before. */
export function activityHandlers({
  read,
  reader,
  clock,
}: ActivityHandlerOptions): Pick<Handlers, 'activity.summary' | 'activity.quarters'> {
  const cache = new SummaryCache<ActivitySummary>(clock);
  return {
    'activity.summary': async ({ env, days = DEFAULT_DAYS }) => {
      const runtime = await read(env);
      await runtime.applied();
      // The total rises with every event, and never falls: not by a restart either.
      const { total } = runtime.events.activity;
      const summary = await cache.read(`${runtime.env} ${days}`, total, async () => {
        await runtime.events.activityStored();
        const now = clock.now();
        const { from, to } = lastDays(now, days);
        return summaryOf(runtime.env, now, await reader.activityDays(runtime.env, from, to, TOP_USERS));
      });
      return { ...summary.value, cache: summary.cache };
    },
    'activity.quarters': async ({ env, days = DEFAULT_QUARTER_DAYS }) => {
      const runtime = await read(env);
      await runtime.applied();
      await runtime.events.activityStored();
      const { from, to } = lastDays(clock.now(), days);
      const quarters = await reader.activityQuarters(runtime.env, from, to);
      const items = quarters.map(({ start, events }) => ({ at: toTimestamp(start), count: events }));
      return { from: toTimestamp(from), to: toTimestamp(to), items };
    },
  };
}

/** The last UTC days, today among them, in UTC milliseconds; `to` is not included. */
function lastDays(now: number, days: number): { from: number; to: number } {
  const today = startOfDay(now);
  return { from: today - (days - 1) * DAY_MS, to: today + DAY_MS };
}

function summaryOf(env: string, now: number, { days, users }: ActivityDays): ActivitySummary {
  const byDay = new Map<number, Map<string, number>>();
  for (const { day, type, events } of days) {
    const types = byDay.get(day) ?? new Map<string, number>();
    byDay.set(day, types.set(type, events));
  }
  return {
    env,
    as_of: toTimestamp(now),
    days: [...byDay]
      .sort(([one], [other]) => one - other)
      .map(([day, types]) => ({
        date: toTimestamp(day).slice(0, 'yyyy-mm-dd'.length),
        total: [...types.values()].reduce((sum, events) => sum + events, 0),
        by_type: Object.fromEntries(types),
      })),
    top_users: users.map(({ user, events }) => ({ user, count: events })),
  };
}
