import type { PanelView } from '../../state/panel-view.ts';

/** What the panel of the rejects shows, from the state of the status feed and of the list. */
export function rejectsState(
  feed: PanelView,
  list: { readonly state: 'loading' | 'ready' | 'failed'; readonly failure: string },
): PanelView {
  if (feed.state !== 'live') return feed;
  if (list.state === 'failed') return { state: 'failed', reason: list.failure };
  return { state: list.state === 'loading' ? 'loading' : 'live' };
}
