import type { FeedStatus, LinkState } from '../../src-contract/client.ts';

/** What a panel shows: one of its states, and while what it shows is old or missing, since when and why. */
export interface PanelView {
  state: 'loading' | 'empty' | 'stale' | 'failed' | 'live';
  /** UTC milliseconds. */
  since?: number;
  reason?: string;
  /** What is stale was nothing: the panel says how to fill it, and since when that is unknown. */
  vacant?: boolean;
}

/** What the panel of a feed uses: satisfied by every FeedStore. */
interface FeedCondition {
  readonly status: FeedStatus;
  readonly loaded: boolean;
}

/** The reason a client gives until its first attempt to connect has ended: nothing is wrong yet. */
const FIRST_ATTEMPT = 'connecting';

/** Whether a link is tried for the first time: what is asked now would be refused, though nothing is wrong. */
export function isFirstAttempt(link: LinkState): boolean {
  return link.state === 'connecting' && link.reason === FIRST_ATTEMPT;
}

/**
 * The state of a panel that shows a feed.
 * @param empty whether the feed has nothing to show in this panel; asked only once it has a state.
 */
export function panelView(feed: FeedCondition, empty: () => boolean): PanelView {
  const { status } = feed;
  if (status.status === 'failed') return { state: 'failed', reason: status.error.message };
  if (status.status === 'stale') {
    const { since, reason } = status;
    if (!feed.loaded && reason === FIRST_ATTEMPT) return { state: 'loading' };
    return feed.loaded
      ? { state: 'stale', since, reason, vacant: empty() }
      : { state: 'failed', since, reason };
  }
  if (!feed.loaded) return { state: 'loading' };
  return { state: empty() ? 'empty' : 'live' };
}

/** What the panel of a history shows: the feed that continues it decides, once the history itself is there. */
export function historyView(
  feed: FeedCondition,
  history: {
    readonly state: 'loading' | 'ready' | 'failed';
    readonly failure: string;
    readonly value: readonly unknown[];
  },
): PanelView {
  const view = panelView(feed, () => false);
  if (view.state === 'failed' || view.state === 'loading') return view;
  if (history.state === 'failed') return { state: 'failed', reason: history.failure };
  if (history.state === 'loading') return { state: 'loading' };
  return history.value.length === 0 ? { state: 'empty' } : view;
}

/** What the panel of an answer shows that is asked for again whenever a feed changes. */
export function askedView(
  feed: FeedCondition,
  asked: { readonly answer: unknown; readonly failure: { since: number; reason: string } | null },
  empty: () => boolean,
): PanelView {
  const view = panelView(feed, empty);
  if (view.state !== 'live' && (view.state !== 'stale' || view.vacant === true)) return view;
  const { answer, failure } = asked;
  if (answer !== null)
    return view.state === 'live' && failure !== null ? { state: 'stale', ...failure } : view;
  if (failure !== null) return { state: 'failed', ...failure };
  return view.state === 'live' ? { state: 'loading' } : { ...view, state: 'failed' };
}
