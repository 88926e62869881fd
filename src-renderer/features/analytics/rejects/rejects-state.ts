import type { PanelView } from '../../../state/panel-view.ts';

/** What the panel of the rejects shows, from the state of the status feed and of the list. */
export function rejectsState(
  feed: PanelView,
  list: {
    readonly state: 'loading' | 'ready' | 'failed';
    readonly failure: string;
    readonly items: readonly unknown[];
  },
): PanelView {
  if (feed.state === 'failed' || feed.state === 'loading') return feed;
  if (list.state === 'failed') return { state: 'failed', reason: list.failure };
  if (list.state === 'loading') return { state: 'loading' };
  if (feed.state === 'stale') return { ...feed, vacant: list.items.length === 0 };
  return { state: list.items.length === 0 ? 'empty' : 'live' };
}
