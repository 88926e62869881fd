import type { PortfolioListener } from '../projections/portfolios/portfolio-projection.ts';

/** Passes on only what happens while an environment is the active one: the feeds show no other. */
export function whileActive(listener: PortfolioListener, isActive: () => boolean): PortfolioListener {
  return {
    portfolioChanged(slug) {
      if (isActive()) listener.portfolioChanged(slug);
    },
    holdingsReplaced(slug) {
      if (isActive()) listener.holdingsReplaced(slug);
    },
    sparkChanged(slug) {
      if (isActive()) listener.sparkChanged(slug);
    },
    communityChanged() {
      if (isActive()) listener.communityChanged();
    },
  };
}
