import type { HoldingBody } from '../../../src-contract/event-bodies.ts';
import type { Random } from '../../lib/random.ts';
import type { DemoMarket } from './demo-market.ts';
import { DEMO_SLUGS, newHoldings, SHARED_PORTFOLIOS, tradedHoldings, worthOf } from './demo-portfolios.ts';

/** A portfolio event to be published: family and body. */
export interface DemoEvent {
  family: 'portfolio.opted_in' | 'portfolio.updated' | 'portfolio.opted_out';
  body: { slug: string; holdings?: HoldingBody[] };
}

/** Part of the events that are opt-outs, one in five minutes; each is followed by an opt-in. With more, the total of all would only jump. */
const LEAVING = 0.01;

/** Portfolios among which the one is chosen that is worth as much as one that left. */
const CANDIDATES = 20;

/** Decides what the simulated portfolios do next; keeps about 40 of them shared. */
export class DemoScript {
  readonly #random: Random;
  readonly #market: DemoMarket;
  readonly #shared = new Map<string, HoldingBody[]>();
  /** What the portfolio that left last was worth. */
  #left: number | null = null;

  /** @param shared the portfolios an earlier run left shared; their holdings are made anew at their first trade. */
  constructor(random: Random, market: DemoMarket, shared: readonly string[]) {
    this.#random = random;
    this.#market = market;
    for (const slug of shared) this.#shared.set(slug, newHoldings(random, market));
  }

  /** Opt-ins until 40 are shared. */
  fill(): DemoEvent[] {
    const events: DemoEvent[] = [];
    while (this.#shared.size < SHARED_PORTFOLIOS) events.push(this.#optIn());
    return events;
  }

  /** The next event: mostly a trade; now and then somebody leaves, and then the next one joins. */
  next(): DemoEvent {
    if (this.#shared.size < SHARED_PORTFOLIOS) return this.#optIn();
    const slug = this.#random.pick([...this.#shared.keys()]);
    if (this.#random.next() < LEAVING) {
      this.#left = worthOf(this.#shared.get(slug) ?? [], this.#market);
      this.#shared.delete(slug);
      return { family: 'portfolio.opted_out', body: { slug } };
    }
    const holdings = tradedHoldings(this.#shared.get(slug) ?? [], this.#random, this.#market);
    this.#shared.set(slug, holdings);
    return { family: 'portfolio.updated', body: { slug, holdings } };
  }

  #optIn(): DemoEvent {
    const slug = this.#random.pick(DEMO_SLUGS.filter((candidate) => !this.#shared.has(candidate)));
    const holdings = this.#newcomer();
    this.#shared.set(slug, holdings);
    return { family: 'portfolio.opted_in', body: { slug, holdings } };
  }

  /** Who follows somebody brings about as much as that one had: else the total of all would jump. */
  #newcomer(): HoldingBody[] {
    const wanted = this.#left;
    this.#left = null;
    const first = newHoldings(this.#random, this.#market);
    if (wanted === null) return first;
    const distance = (holdings: HoldingBody[]) => Math.abs(worthOf(holdings, this.#market) - wanted);
    const others = Array.from({ length: CANDIDATES }, () => newHoldings(this.#random, this.#market));
    return others.reduce((best, other) => (distance(other) < distance(best) ? other : best), first);
  }
}
