import Type, { type Static } from 'typebox';
import { Timestamp } from './timestamp.ts';

const Count = Type.Integer({ minimum: 0 });

/** Activity of one UTC day. */
export const ActivityDay = Type.Object({
  date: Type.String({ description: 'UTC day, such as 2026-01-31' }),
  total: Count,
  by_type: Type.Record(Type.String(), Count),
});
export type ActivityDay = Static<typeof ActivityDay>;

/** The days with activity of a period, oldest first, and who was most active in it. */
export const ActivitySummary = Type.Object({
  env: Type.String(),
  as_of: Timestamp,
  days: Type.Array(ActivityDay, { maxItems: 400 }),
  top_users: Type.Array(Type.Object({ user: Type.String(), count: Count }), { maxItems: 50 }),
});
export type ActivitySummary = Static<typeof ActivitySummary>;

/** Activity per quarter of an hour, those without any left out: hours and weekdays of any time zone are made of them. */
export const ActivityQuarters = Type.Object({
  from: Timestamp,
  to: Timestamp,
  items: Type.Array(Type.Object({ at: Timestamp, count: Count }), { maxItems: 9000 }),
});
export type ActivityQuarters = Static<typeof ActivityQuarters>;

/** What tells a screen that there is more to ask for. */
export const ActivityState = Type.Object({
  env: Type.String(),
  total: Type.Integer({ minimum: 0, description: 'Activity of the environment ever' }),
  newest_at: Type.Union([Timestamp, Type.Null()]),
});
export type ActivityState = Static<typeof ActivityState>;
