import type { PortfolioListener } from '../projections/portfolios/portfolio-projection.ts';
import type { TickerListener } from '../projections/tickers/ticker-projection.ts';

/** Passes on only what happens to portfolios while an environment is the active one: the feeds show no other. */
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

/** Passes on only what happens to prices while an environment is the active one. */
export function tickersWhileActive(listener: TickerListener, isActive: () => boolean): TickerListener {
  return {
    priceChanged(symbol, earliest) {
      if (isActive()) listener.priceChanged(symbol, earliest);
    },
    sparkChanged(symbol) {
      if (isActive()) listener.sparkChanged(symbol);
    },
  };
}
