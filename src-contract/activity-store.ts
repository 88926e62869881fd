/** The name under which activity types and users beyond their caps are counted. */
export const OTHER_NAME = '(other)';

/** What happened to activity rollups since the checkpoint before; merging is adding. Times are UTC milliseconds. */
export interface ActivityCheckpoint {
  env: string;
  batch: number;
  /** Per quarter of an hour and type: days of any time zone are composed of them. */
  quarters: { start: number; type: string; events: number }[];
  /** Per UTC day and user. */
  users: { day: number; user: string; events: number }[];
  /** When the newest activity ever occurred; null for none. */
  newestAt: number | null;
}

/** What the activity projection starts from. */
export interface ActivityState {
  batch: number;
  /** Named types so far: a new one beyond the cap is counted as other. */
  types: string[];
  /** The users of the last two UTC days: a new one beyond the cap is counted as other. */
  users: { day: number; names: string[] }[];
  total: number;
  /** As the last checkpoint had it. */
  newestAt: number | null;
}

/** Activity as the summary reads it, from days of UTC. */
export interface ActivityDays {
  days: { day: number; type: string; events: number }[];
  users: { user: string; events: number }[];
}
