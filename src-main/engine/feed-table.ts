import type { PortfolioListener } from '../projections/portfolios/portfolio-projection.ts';
import { paramsText, type Publisher } from '../router/publisher.ts';

/** What can happen inside the engine that a screen shows. */
export interface EngineChanges extends PortfolioListener {
  serviceChanged(id: string): void;
  statusChanged(): void;
  clientsChanged(): void;
  clientChanged(id: string): void;
  settingsChanged(): void;
}

/**
 * Which change feeds which channel: the one place that says so. The publisher merges what is touched here and sends the
 * latest at frame rate; notices about an environment that is not active are not passed on by the engine.
 *
 * | change             | feeds                                             |
 * | ------------------ | ------------------------------------------------- |
 * | portfolio          | portfolios row, portfolio {slug} head and rows    |
 * | holdings replaced  | portfolio {slug} as a whole                       |
 * | spark              | sparks row                                        |
 * | community          | community head                                    |
 * | service            | status row                                        |
 * | status             | status head                                       |
 * | clients, client    | clients head, clients row                         |
 * | settings           | settings head                                     |
 */
export function feedTable(
  publisher: Publisher,
  symbolsOf: (slug: string) => Iterable<string>,
): EngineChanges {
  return {
    portfolioChanged(slug) {
      publisher.touch('portfolios', slug);
      const params = paramsText({ slug });
      publisher.touchHead('portfolio', params);
      if (publisher.isRead('portfolio', params)) {
        for (const symbol of symbolsOf(slug)) publisher.touch('portfolio', symbol, params);
      }
    },
    holdingsReplaced: (slug) => publisher.replace('portfolio', paramsText({ slug })),
    sparkChanged: (slug) => publisher.touch('sparks', slug),
    communityChanged: () => publisher.touchHead('community'),
    serviceChanged: (id) => publisher.touch('status', id),
    statusChanged: () => publisher.touchHead('status'),
    clientsChanged: () => publisher.touchHead('clients'),
    clientChanged: (id) => publisher.touch('clients', id),
    settingsChanged: () => publisher.touchHead('settings'),
  };
}
