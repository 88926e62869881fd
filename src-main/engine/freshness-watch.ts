import type { RegisteredPortfolio } from '../projections/portfolios/portfolio-registry.ts';
import { freshnessOf, freshnessOfAll, type FreshnessRules } from '../projections/quotes/freshness.ts';

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
    rules: FreshnessRules,
    isRead: (slug: string) => boolean,
  ): string[] {
    const before = this.#seen;
    this.#seen = new Map();
    const changed: string[] = [];
    for (const portfolio of portfolios) {
      const { slug } = portfolio.record;
      const words = freshnessWords(portfolio, now, rules, isRead(slug));
      this.#seen.set(slug, words);
      const known = before.get(slug);
      if (known !== undefined && known !== words) changed.push(slug);
    }
    return changed;
  }
}

function freshnessWords(
  { metrics }: RegisteredPortfolio,
  now: number,
  rules: FreshnessRules,
  withHoldings: boolean,
): string {
  const whole = freshnessOfAll(metrics?.oldest ?? new Map<string, number>(), now, rules);
  if (!withHoldings || metrics === null) return whole;
  const each = metrics.holdings.map(({ quote }) =>
    quote === null ? 'none' : freshnessOf(quote.occurredAt, quote.source, now, rules),
  );
  return [whole, ...each].join(' ');
}
