import { freshnessOf } from '../projections/portfolios/portfolio-views.ts';
import type { RegisteredPortfolio } from '../projections/portfolios/portfolio-registry.ts';

/** Notices values that age without any event: live becomes late, late becomes stale. Holds a few words per portfolio. */
export class FreshnessWatch {
  #seen = new Map<string, string>();

  /**
   * Compares with the look before; answers the slugs whose freshness changed, or that of one of their holdings.
   * @param isRead whether somebody looks at the holdings of a slug; those of the others are not looked at.
   */
  changed(
    portfolios: Iterable<RegisteredPortfolio>,
    now: number,
    isRead: (slug: string) => boolean,
  ): string[] {
    const before = this.#seen;
    this.#seen = new Map();
    const changed: string[] = [];
    for (const portfolio of portfolios) {
      const { slug } = portfolio.record;
      const words = freshnessWords(portfolio, now, isRead(slug));
      this.#seen.set(slug, words);
      const known = before.get(slug);
      if (known !== undefined && known !== words) changed.push(slug);
    }
    return changed;
  }
}

function freshnessWords({ metrics }: RegisteredPortfolio, now: number, withHoldings: boolean): string {
  const whole = freshnessOf(metrics?.asOf ?? null, now);
  if (!withHoldings || metrics === null) return whole;
  return [whole, ...metrics.holdings.map(({ quote }) => freshnessOf(quote?.occurredAt ?? null, now))].join(
    ' ',
  );
}
