import { normalizeSymbol } from '../../src-contract/instrument.ts';
import { paramsText } from '../router/publisher.ts';
import type { EngineParts } from './engine-parts.ts';
import { FreshnessWatch } from './freshness-watch.ts';
import { QuoteAges } from './tickers/quote-ages.ts';

/** What is looked at once a second because no event announces it: rates, ages, clients that do not draw. */
export class SecondLook {
  readonly #parts: EngineParts;
  readonly #freshness = new FreshnessWatch();
  readonly #quotes = new QuoteAges();

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  /** Looks, and touches the feeds of what has changed. */
  look(): void {
    const { status, changes, clients, polling, with: surroundings } = this.#parts;
    status.tick();
    polling.tick();
    void surroundings.priceRanges?.refresh();
    changes.statusChanged();
    changes.pollingChanged();
    changes.runChanged();
    this.#parts.eventViews.look();
    this.#parts.pressure.look();
    this.age();
    for (const { id } of clients.states()) changes.clientChanged(id);
  }

  /** Looks whether prices, and what is made of them, can be trusted less or more than before. */
  age(): void {
    const { active, changes, publisher } = this.#parts;
    const { now, rules } = this.#parts.viewContext();
    const isRead = (slug: string): boolean => publisher.isRead('portfolio', paramsText({ slug }));
    const aged = this.#freshness.changed(active.projection.registry.all(), now, rules, isRead);
    for (const slug of aged) changes.portfolioChanged(slug);
    if (aged.length > 0) changes.communityChanged();
    const { quotes } = active.projection;
    const symbols = this.#quotes.changed(this.#shownSymbols(), (symbol) => quotes.all(symbol), now, rules);
    for (const symbol of symbols) changes.priceChanged(symbol);
  }

  /** Those that are watched, and those that somebody looks at. */
  #shownSymbols(): ReadonlySet<string> {
    const { active, publisher } = this.#parts;
    const looked = [...publisher.openParams('ticker')].map(({ symbol }) => normalizeSymbol(symbol) ?? symbol);
    return new Set([...active.watchlists.watched, ...looked]);
  }
}
