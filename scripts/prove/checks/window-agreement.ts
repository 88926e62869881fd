import type { Lab } from '../hosts/lab.ts';
import type { RestClient } from '../hosts/rest-client.ts';
import type { Shown, Window } from '../hosts/window.ts';
import type { Finding } from '../finding.ts';
import { firstDifference } from './first-difference.ts';

/** The feeds a window shows in these proofs. */
export interface ShownFeeds {
  portfolios: Shown<'portfolios'>;
  community: Shown<'community'>;
  portfolio: Shown<'portfolio'>;
}

/** Feeds tell at most this long after the last change what there is. */
const WITHIN_MS = 5000;

/** Opens the feeds of Overview, Portfolios and of one portfolio's page. */
export function showFeeds(window: Window, slug: string): ShownFeeds {
  return {
    portfolios: window.show('portfolios', {}),
    community: window.show('community', {}),
    portfolio: window.show('portfolio', { slug }),
  };
}

/** Whether every feed has had its snapshot. */
export function hasSnapshots(shown: ShownFeeds): boolean {
  return feedsOf(shown).every(({ view }) => view.state !== null);
}

function feedsOf({ portfolios, community, portfolio }: ShownFeeds) {
  return [portfolios, community, portfolio];
}

/** How often the feeds of a window changed. */
export function changesOf(shown: ShownFeeds): number {
  return feedsOf(shown).reduce((sum, { changes }) => sum + changes, 0);
}

/** Whether a window comes to show what the host answers when it is asked. */
export async function comesToAgree(
  what: string,
  lab: Lab,
  rest: RestClient,
  shown: ShownFeeds,
  slug: string,
): Promise<Finding> {
  const begun = performance.now();
  try {
    await lab.until('the window agrees', WITHIN_MS, async () => {
      const difference = firstDifference(shownBy(shown), await answeredBy(rest, slug));
      if (difference === null) return true;
      throw new Error(difference);
    });
  } catch (error) {
    if (lab.signal.aborted) throw error;
    return { what, figure: (error as Error).message, holds: false };
  }
  const figure = `after ${Math.round(performance.now() - begun)} ms, ${changesOf(shown)} changes`;
  return { what, figure, holds: true };
}

function shownBy({ portfolios, community, portfolio }: ShownFeeds): unknown {
  return {
    portfolios: Object.fromEntries(portfolios.view.state?.rows ?? []),
    community: community.view.state?.head,
    summary: portfolio.view.state?.head,
    holdings: Object.fromEntries(portfolio.view.state?.rows ?? []),
  };
}

async function answeredBy(rest: RestClient, slug: string): Promise<unknown> {
  const one = await rest.portfolio(slug);
  const { holdings = [], ...summary } = one ?? {};
  return {
    portfolios: Object.fromEntries((await rest.portfolios()).map((line) => [line.slug, line])),
    community: await rest.community(),
    summary,
    holdings: Object.fromEntries(holdings.map((holding) => [holding.symbol, holding])),
  };
}
