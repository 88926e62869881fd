import { NOTHING_STORED, type PortfolioState } from '../../../../src-contract/checkpoint.ts';
import { EVENT_KINDS, type EventFamily } from '../../../../src-contract/event-kinds.ts';
import { journalId, type JournalEvent } from '../../../../src-contract/journal.ts';
import { seededRandom } from '../../../lib/random.ts';
import { Supervisor } from '../../../lib/supervisor.ts';
import { VirtualClock } from '../../../lib/virtual-clock.ts';
import { PortfolioProjection } from '../portfolio-projection.ts';
import type { PortfolioMetrics } from '../portfolio-metrics.ts';

/** 21 November 2026, 09:30:00 UTC. */
export const START = Date.UTC(2026, 10, 21, 9, 30);

/** A projection with a real supervisor on a virtual clock, and what its listener was told. */
export class ProjectionFixture {
  readonly clock = new VirtualClock(START);
  readonly told: string[] = [];
  readonly supervisor = new Supervisor({ clock: this.clock, random: seededRandom(1) });
  readonly projection: PortfolioProjection;
  #seq = 0;

  constructor(state: PortfolioState = NOTHING_STORED) {
    this.projection = new PortfolioProjection({
      env: 'dev',
      decimals: 2,
      prices: { preference: ['nats', 'demo'], currency: 'USD' },
      supervisor: this.supervisor,
      listener: {
        portfolioChanged: (slug) => this.told.push(`portfolio ${slug}`),
        holdingsReplaced: (slug) => this.told.push(`holdings ${slug}`),
        sparkChanged: (slug) => this.told.push(`spark ${slug}`),
        communityChanged: () => this.told.push('community'),
      },
      state,
    });
  }

  /** Applies events as one batch each call. */
  apply(...events: JournalEvent[]): void {
    this.projection.apply(this.projection.batch + 1, events);
  }

  optIn(slug: string, holdings: Holdings, at = START): void {
    this.apply(this.event('portfolio.opted_in', at, { slug, holdings: bodies(holdings) }));
  }

  update(slug: string, holdings: Holdings, at = START): void {
    this.apply(this.event('portfolio.updated', at, { slug, holdings: bodies(holdings) }));
  }

  optOut(slug: string, at = START): void {
    this.apply(this.event('portfolio.opted_out', at, { slug }));
  }

  price(symbol: string, price: number, at = START, source = 'nats'): void {
    this.apply(this.event('stock.price_updated', at, { symbol, price }, source));
  }

  event(family: EventFamily, at: number, body: unknown, source = 'nats'): JournalEvent {
    const id = journalId(1, ++this.#seq);
    return { id, kind: EVENT_KINDS[family], source, occurredAt: at, receivedAt: at + 5, body };
  }

  metrics(slug: string): PortfolioMetrics {
    const metrics = this.projection.registry.get(slug)?.metrics;
    if (metrics == null) throw new Error(`${slug} has no metrics`);
    return metrics;
  }
}

/** Symbol, quantity and average price of each holding. */
export type Holdings = [symbol: string, quantity: number, avgPrice: number][];

function bodies(holdings: Holdings) {
  return holdings.map(([symbol, quantity, avgPrice]) => ({ symbol, quantity, avg_price: avgPrice }));
}
