import type {
  CommunityEventRecord,
  PortfolioCheckpoint,
  PortfolioState,
} from '../../../src-contract/checkpoint.ts';
import type { HoldingsBody, OptedOutBody, PriceBody } from '../../../src-contract/event-bodies.ts';
import { EVENT_KINDS } from '../../../src-contract/event-kinds.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import type { PortfolioChange } from '../../../src-contract/portfolio.ts';
import { mergeHoldings } from './merge-holdings.ts';
import { PendingCheckpoint } from './pending-checkpoint.ts';
import { timelineEntry } from './portfolio-changes.ts';
import { PortfolioRegistry, type WorkerSupervisor } from './portfolio-registry.ts';
import { QuoteBook } from '../quotes/quote-book.ts';
import { ValueHistory } from './value-history.ts';

/** Who is told what changed; keys are slugs. */
export interface PortfolioListener {
  portfolioChanged(slug: string): void;
  /** The portfolio came, went, or has other holdings. */
  holdingsReplaced(slug: string): void;
  sparkChanged(slug: string): void;
  communityChanged(): void;
}

/** Which prices count. */
export interface PriceChoice {
  /** Sources of prices from the most to the least preferred. */
  preference: readonly string[];
  /** Sources that bring the same prices by different ways: the newest of them counts. */
  together?: readonly string[];
  /** Sources whose candles make one chart, as what one of them goes on with another began; left out: none. */
  charted?: readonly string[];
  /** The base currency: prices in another one value nothing. */
  currency: string;
}

/** What the projection is made of and with. */
export interface PortfolioProjectionOptions {
  env: string;
  /** Decimals of the base currency's minor unit. */
  decimals: number;
  prices: PriceChoice;
  /** From which age on a price of a source is stale, in milliseconds; left out: as where no source has an interval. */
  staleAfter?: (source: string) => number;
  supervisor: WorkerSupervisor;
  listener: PortfolioListener;
  state: PortfolioState;
}

const READ_KINDS: ReadonlySet<number> = new Set([
  EVENT_KINDS['stock.price_updated'],
  EVENT_KINDS['portfolio.opted_in'],
  EVENT_KINDS['portfolio.updated'],
  EVENT_KINDS['portfolio.opted_out'],
]);
/** Opt-ins and opt-outs remembered for Overview. */
const RECENT_EVENTS = 200;
/** Ignored events remembered beside them: a publisher's mistake must not push the others out. */
const IGNORED_EVENTS = 50;

/**
 * Shared portfolios and their values: a fold over the journal. Events go in in the order of their commits; the same
 * journal gives the same state, whatever the batches were.
 */
export class PortfolioProjection {
  readonly registry: PortfolioRegistry;
  readonly quotes: QuoteBook;
  readonly #env: string;
  readonly #listener: PortfolioListener;
  readonly #pending = new PendingCheckpoint();
  readonly #history: ValueHistory;
  #currency: string;
  #charted: readonly string[];
  #events: CommunityEventRecord[];
  #batch: number;
  #writtenBatch: number;

  constructor(options: PortfolioProjectionOptions) {
    const { env, decimals, prices, supervisor, listener, state } = options;
    this.#env = env;
    this.#listener = listener;
    this.#batch = state.batch;
    this.#writtenBatch = state.batch;
    this.#events = newestEvents(state.communityEvents);
    this.quotes = new QuoteBook(prices.preference, prices.together, options.staleAfter);
    this.#currency = prices.currency;
    this.#charted = prices.charted ?? [];
    for (const quote of state.quotes) this.quotes.load(quote);
    this.registry = new PortfolioRegistry(
      supervisor,
      { decimals, quoteOf: (symbol) => this.quotes.current(symbol, this.#currency) },
      (slug) => this.#recomputed(slug),
    );
    this.#history = new ValueHistory(this.registry, this.#pending, state.lastMinute, (slug) =>
      listener.sparkChanged(slug),
    );
    this.#restore(state);
  }

  /** The base currency. */
  get currency(): string {
    return this.#currency;
  }

  /** Sources whose candles make one chart. */
  get charted(): readonly string[] {
    return this.#charted;
  }

  /** Number of the last batch that was applied. */
  get batch(): number {
    return this.#batch;
  }

  /** Records waiting for the next checkpoint. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Opt-ins and opt-outs, at most 200, and ignored events, at most 50; oldest first. */
  get recentEvents(): readonly CommunityEventRecord[] {
    return this.#events;
  }

  /** Applies one committed batch. */
  apply(batch: number, events: readonly JournalEvent[]): void {
    for (const event of events) {
      // Whatever time other events are dated with says nothing about portfolios, and there may be very many of them.
      if (!READ_KINDS.has(event.kind)) continue;
      if (this.#history.opensMinute(event.occurredAt)) {
        this.#settle();
        this.#history.advance(event.occurredAt);
      }
      this.#applyEvent(event);
    }
    this.#settle();
    this.#batch = batch;
  }

  /** Lets other prices count from now on, and values every portfolio by them. */
  choosePrices({ preference, together, charted, currency }: PriceChoice): void {
    this.quotes.prefer(preference, together);
    this.#currency = currency;
    this.#charted = charted ?? [];
    for (const slug of [...this.registry.slugs()]) this.registry.recompute(slug);
  }

  /** The slugs that opted out since the last checkpoint was taken. */
  get forgetting(): string[] {
    return this.#pending.forgetting;
  }

  /** What changed since the checkpoint before, to be stored in one transaction; null when nothing did. */
  takeCheckpoint(): PortfolioCheckpoint | null {
    if (this.#batch === this.#writtenBatch && this.#pending.size === 0) return null;
    this.#history.record();
    this.#writtenBatch = this.#batch;
    return this.#pending.take(this.#env, this.#batch);
  }

  #restore(state: PortfolioState): void {
    const sparks = new Map(state.sparks.map(({ slug, points }) => [slug, points]));
    for (const record of state.portfolios) {
      const portfolio = this.registry.put(record);
      portfolio.spark = sparks.get(record.slug) ?? [];
      portfolio.touched = false;
    }
  }

  #applyEvent(event: JournalEvent): void {
    // Of a redacted event only its time is left, and that has been taken.
    if (event.body === null) return;
    switch (event.kind) {
      case EVENT_KINDS['stock.price_updated']:
        return this.#takePrice(event, event.body as PriceBody);
      case EVENT_KINDS['portfolio.opted_in']:
        return this.#optIn(event, event.body as HoldingsBody);
      case EVENT_KINDS['portfolio.updated']:
        return this.#update(event, event.body as HoldingsBody);
      case EVENT_KINDS['portfolio.opted_out']:
        return this.#optOut(event, event.body as OptedOutBody);
      default:
        // What other families say is for other projections.
        return;
    }
  }

  #takePrice(event: JournalEvent, body: PriceBody): void {
    this.quotes.take({
      source: event.source,
      symbol: body.symbol,
      currency: body.currency ?? null,
      price: body.price,
      changePercent: body.change_percent ?? null,
      occurredAt: event.occurredAt,
    });
  }

  #optIn(event: JournalEvent, body: HoldingsBody): void {
    const before = this.registry.get(body.slug)?.record;
    this.#put(event, body, 'opted_in', before?.optedInAt ?? event.occurredAt);
    this.#remember({ id: event.id, at: event.occurredAt, slug: body.slug, change: 'opted_in' });
  }

  #update(event: JournalEvent, body: HoldingsBody): void {
    const known = this.registry.get(body.slug);
    if (known === undefined) return this.#ignore(event, body.slug);
    this.#put(event, body, 'updated', known.record.optedInAt);
  }

  #put(event: JournalEvent, body: HoldingsBody, change: PortfolioChange, optedInAt: number): void {
    const { slug } = body;
    const before = this.registry.get(slug)?.record.holdings ?? [];
    const holdings = mergeHoldings(body.holdings);
    const record = { slug, optedInAt, updatedAt: event.occurredAt, holdings };
    this.registry.put(record);
    this.#pending.portfolio(record);
    // Told here too: a worker that is down recomputes nothing, and the line in lists shows the record.
    this.#listener.portfolioChanged(slug);
    this.#listener.holdingsReplaced(slug);
    this.#pending.timeline(timelineEntry(event, slug, change, before, holdings));
  }

  #optOut(event: JournalEvent, { slug }: OptedOutBody): void {
    if (this.registry.get(slug) === undefined) return this.#ignore(event, slug);
    this.registry.delete(slug);
    this.#forget(event, slug);
    this.#remember({ id: event.id, at: event.occurredAt, slug: null, change: 'opted_out' });
    this.#listener.portfolioChanged(slug);
    this.#listener.holdingsReplaced(slug);
    this.#listener.sparkChanged(slug);
  }

  /** An event about a portfolio that is not shared is stored, but nothing of what it says is kept. */
  #ignore(event: JournalEvent, slug: string): void {
    this.#forget(event, slug);
    this.#remember({ id: event.id, at: event.occurredAt, slug: null, change: 'ignored' });
  }

  #forget(event: JournalEvent, slug: string): void {
    this.#pending.forget({ slug, id: event.id, receivedAt: event.receivedAt });
    this.#events = this.#events.map((known) => (known.slug === slug ? { ...known, slug: null } : known));
  }

  #remember(event: CommunityEventRecord): void {
    this.#events = newestEvents([...this.#events, event]);
    this.#pending.communityEvent(event);
    this.#listener.communityChanged();
  }

  /** Recomputes every portfolio that holds a symbol whose price changed: once, however often it changed. */
  #settle(): void {
    const slugs = new Set<string>();
    for (const quote of this.quotes.takeChanged()) {
      this.#pending.quote(quote);
      for (const slug of this.registry.holders(quote.symbol)) slugs.add(slug);
    }
    for (const slug of slugs) this.registry.recompute(slug);
  }

  #recomputed(slug: string): void {
    const portfolio = this.registry.get(slug);
    if (portfolio !== undefined) portfolio.touched = true;
    this.#listener.portfolioChanged(slug);
    this.#listener.communityChanged();
  }
}

/** By time, as the store keeps them: a late event must not make a restart show another list. */
function newestEvents(events: readonly CommunityEventRecord[]): CommunityEventRecord[] {
  const sorted = events.toSorted((a, b) => a.at - b.at || a.id - b.id);
  const ignored = new Set(sorted.filter(({ change }) => change === 'ignored').slice(-IGNORED_EVENTS));
  const others = new Set(sorted.filter(({ change }) => change !== 'ignored').slice(-RECENT_EVENTS));
  return sorted.filter((event) => ignored.has(event) || others.has(event));
}
