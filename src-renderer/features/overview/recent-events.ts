import type { Community } from '../../../src-contract/portfolio.ts';

/** An opt-in or opt-out with a key of its own. */
export type RecentEvent = Community['recent'][number] & { key: string };

/**
 * Gives each event a key that stays the same while newer ones come before it; several of the same moment, of which none
 * is named, are counted from the oldest.
 */
export function keyedEvents(recent: Community['recent']): RecentEvent[] {
  const seen = new Map<string, number>();
  return recent
    .toReversed()
    .map((event) => {
      const moment = `${event.at} ${event.change} ${event.slug ?? ''}`;
      const count = (seen.get(moment) ?? 0) + 1;
      seen.set(moment, count);
      return { ...event, key: `${moment} ${count}` };
    })
    .toReversed();
}
