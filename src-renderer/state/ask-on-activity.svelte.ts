import { untrack } from 'svelte';
import { utcDate } from './days-of-period.ts';
import type { FeedStore } from './feed-store.svelte.ts';

/**
 * Asks, for the component that calls it, whenever an environment has more activity, its link has healed or another UTC day
 * has begun.
 * @param env reads whose activity is wanted: nothing is asked while the feed speaks of another one.
 */
export function askOnActivity(
  activity: () => Pick<FeedStore<'activity'>, 'status' | 'head'>,
  env: () => string,
  time: { readonly now: number },
  ask: () => void,
): void {
  const known = $derived(activity().status.status === 'live' && activity().head?.env === env());
  const state = $derived(known ? `${activity().head?.total ?? 0} ${utcDate(time.now)}` : null);
  $effect(() => {
    if (state !== null) untrack(ask);
  });
}
