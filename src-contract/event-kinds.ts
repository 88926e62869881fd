/**
 * The subject families the app remembers: `{env}.{family}` on NATS. The number is what the journal stores and so never
 * changes its meaning; a new family gets the next one.
 */
export const EVENT_KINDS = {
  'portfolio.opted_in': 1,
  'portfolio.updated': 2,
  'portfolio.opted_out': 3,
  'stock.price_updated': 4,
  'invoice.issued': 5,
  'activity.recorded': 6,
  'analytics.event': 7,
} as const;

/** Name of a subject family, such as `portfolio.updated`. */
export type EventFamily = keyof typeof EVENT_KINDS;

/** Stored number of a subject family. */
export type EventKind = (typeof EVENT_KINDS)[EventFamily];

const FAMILIES = new Map<number, EventFamily>(
  Object.entries(EVENT_KINDS).map(([family, kind]) => [kind, family as EventFamily]),
);

/** The family of a stored kind. Throws RangeError for a number no version ever stored. */
export function familyOf(kind: number): EventFamily {
  const family = FAMILIES.get(kind);
  if (family === undefined) throw new RangeError(`unknown event kind ${kind}`);
  return family;
}
