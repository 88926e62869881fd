import type {
  CommunityEventRecord,
  CommunityRecord,
  ForgetRecord,
  PortfolioCheckpoint,
  PortfolioRecord,
  PortfolioState,
  QuoteRecord,
  TimelineRecord,
  ValueRecord,
} from '../../../../src-contract/checkpoint.ts';

/** What a store makes of checkpoints, in a few maps: forgets delete, then upserts; nothing is kept of who is not shared. */
export class CheckpointModel {
  batch = 0;
  readonly forgets: ForgetRecord[] = [];
  readonly #portfolios = new Map<string, PortfolioRecord>();
  readonly #quotes = new Map<string, QuoteRecord>();
  readonly #values = new Map<string, Map<number, ValueRecord>>();
  readonly #community = new Map<number, CommunityRecord>();
  readonly #timeline = new Map<string, TimelineRecord[]>();
  #events: CommunityEventRecord[] = [];

  write(checkpoint: PortfolioCheckpoint | null): void {
    if (checkpoint === null) return;
    // What is stored is text: nothing the projection changes later may reach it.
    const stored = structuredClone(checkpoint);
    if (stored.batch < this.batch) throw new RangeError('the checkpoint lies before the stored one');
    this.batch = stored.batch;
    for (const record of stored.forgets) this.#forget(record);
    for (const record of stored.portfolios) this.#portfolios.set(record.slug, record);
    for (const record of stored.quotes) this.#quotes.set(`${record.source} ${record.symbol}`, record);
    for (const record of stored.community) this.#community.set(record.minute, record);
    for (const record of stored.values) {
      if (this.#portfolios.has(record.slug)) valuesOf(this.#values, record.slug).set(record.minute, record);
    }
    for (const record of stored.timeline) {
      if (this.#portfolios.has(record.slug)) {
        this.#timeline.set(record.slug, [...(this.#timeline.get(record.slug) ?? []), record]);
      }
    }
    this.#events = [...this.#events, ...stored.communityEvents]
      .sort((a, b) => a.at - b.at || a.id - b.id)
      .slice(-200);
  }

  state(): PortfolioState {
    const portfolios = sortedBy([...this.#portfolios.values()], ({ slug }) => slug);
    return structuredClone({
      batch: this.batch,
      portfolios,
      quotes: sortedBy([...this.#quotes.values()], ({ source, symbol }) => `${source} ${symbol}`),
      communityEvents: this.#events,
      lastMinute: Math.max(0, ...this.#community.keys()),
      sparks: portfolios.map(({ slug }) => ({
        slug,
        points: this.values(slug)
          .slice(-60)
          .map(({ minute, value }) => ({ minute, value })),
      })),
    });
  }

  /** A slug's values, oldest first. */
  values(slug: string): ValueRecord[] {
    return sortedBy([...(this.#values.get(slug)?.values() ?? [])], ({ minute }) => minute);
  }

  /** Everything stored but the batch number, in an order that does not depend on how it came. */
  dump(): unknown {
    const { batch: _batch, ...state } = this.state();
    return {
      ...state,
      forgets: this.forgets,
      values: state.portfolios.map(({ slug }) => this.values(slug)),
      community: sortedBy([...this.#community.values()], ({ minute }) => minute),
      timeline: state.portfolios.map(({ slug }) => this.#timeline.get(slug)),
    };
  }

  #forget(record: ForgetRecord): void {
    const { slug } = record;
    this.forgets.push(record);
    this.#portfolios.delete(slug);
    this.#values.delete(slug);
    this.#timeline.delete(slug);
    this.#events = this.#events.map((event) => (event.slug === slug ? { ...event, slug: null } : event));
  }
}

function valuesOf(values: Map<string, Map<number, ValueRecord>>, slug: string): Map<number, ValueRecord> {
  const known = values.get(slug) ?? new Map<number, ValueRecord>();
  values.set(slug, known);
  return known;
}

function sortedBy<T>(items: T[], key: (item: T) => string | number): T[] {
  return items.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
