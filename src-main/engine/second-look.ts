import { paramsText } from '../router/publisher.ts';
import type { EngineParts } from './engine-parts.ts';
import { PLAIN_RULES } from '../projections/quotes/freshness.ts';
import { FreshnessWatch } from './freshness-watch.ts';

/** What is looked at once a second because no event announces it: rates, ages, clients that do not draw. */
export class SecondLook {
  readonly #parts: EngineParts;
  readonly #freshness = new FreshnessWatch();

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  /** Looks, and touches the feeds of what has changed. */
  look(): void {
    const { status, changes, clients } = this.#parts;
    status.tick();
    changes.statusChanged();
    this.#age();
    for (const { id } of clients.states()) changes.clientChanged(id);
  }

  #age(): void {
    const { active, changes, publisher, with: surroundings } = this.#parts;
    const isRead = (slug: string): boolean => publisher.isRead('portfolio', paramsText({ slug }));
    const now = surroundings.clock.now();
    const aged = this.#freshness.changed(active.projection.registry.all(), now, PLAIN_RULES, isRead);
    for (const slug of aged) changes.portfolioChanged(slug);
    if (aged.length > 0) changes.communityChanged();
  }
}
