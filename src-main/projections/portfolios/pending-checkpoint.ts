import type {
  CommunityEventRecord,
  CommunityRecord,
  ForgetRecord,
  PortfolioCheckpoint,
  PortfolioRecord,
  QuoteRecord,
  TimelineRecord,
  ValueRecord,
} from '../../../src-contract/checkpoint.ts';

/**
 * What changed since the last checkpoint, merged: the newest of each key. Bounded by what exists (portfolios, symbols) and
 * by the engine, which takes a checkpoint every second or sooner when `size` grows.
 */
export class PendingCheckpoint {
  readonly #portfolios = new Map<string, PortfolioRecord>();
  /** By source, then by symbol: one key made of both would be made, and hashed, for every price. */
  readonly #quotes = new Map<string, Map<string, QuoteRecord>>();
  readonly #values = new Map<string, ValueRecord>();
  readonly #community = new Map<number, CommunityRecord>();
  #forgets: ForgetRecord[] = [];
  #timeline: TimelineRecord[] = [];
  #communityEvents: CommunityEventRecord[] = [];

  /** Records waiting to be written. */
  get size(): number {
    return (
      this.#portfolios.size +
      this.#quotesOfAll().length +
      this.#values.size +
      this.#forgets.length +
      this.#timeline.length +
      this.#communityEvents.length
    );
  }

  /** The slugs to be forgotten. */
  get forgetting(): string[] {
    return this.#forgets.map(({ slug }) => slug);
  }

  portfolio(record: PortfolioRecord): void {
    this.#portfolios.set(record.slug, record);
  }

  quote(record: QuoteRecord): void {
    let quotes = this.#quotes.get(record.source);
    if (quotes === undefined) {
      quotes = new Map();
      this.#quotes.set(record.source, quotes);
    }
    quotes.set(record.symbol, record);
  }

  value(record: ValueRecord): void {
    this.#values.set(`${record.slug} ${record.minute}`, record);
  }

  community(record: CommunityRecord): void {
    this.#community.set(record.minute, record);
  }

  timeline(record: TimelineRecord): void {
    this.#timeline.push(record);
  }

  communityEvent(record: CommunityEventRecord): void {
    this.#communityEvents.push(record);
  }

  /** Forgets a slug: also everything that waits under its name. */
  forget(record: ForgetRecord): void {
    this.#forgets.push(record);
    this.#portfolios.delete(record.slug);
    this.#timeline = this.#timeline.filter(({ slug }) => slug !== record.slug);
    for (const [key, { slug }] of this.#values) if (slug === record.slug) this.#values.delete(key);
    this.#communityEvents = this.#communityEvents.map((event) =>
      event.slug === record.slug ? { ...event, slug: null } : event,
    );
  }

  /** Everything as one checkpoint; begins anew. */
  take(env: string, batch: number): PortfolioCheckpoint {
    const checkpoint: PortfolioCheckpoint = {
      env,
      batch,
      forgets: this.#forgets,
      portfolios: [...this.#portfolios.values()],
      quotes: this.#quotesOfAll(),
      values: [...this.#values.values()],
      community: [...this.#community.values()],
      timeline: this.#timeline,
      communityEvents: this.#communityEvents,
    };
    this.#portfolios.clear();
    this.#quotes.clear();
    this.#values.clear();
    this.#community.clear();
    this.#forgets = [];
    this.#timeline = [];
    this.#communityEvents = [];
    return checkpoint;
  }

  #quotesOfAll(): QuoteRecord[] {
    return [...this.#quotes.values()].flatMap((quotes) => [...quotes.values()]);
  }
}
