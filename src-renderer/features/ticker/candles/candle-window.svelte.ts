import type { CandlePage, ChartSeries } from '../../../../src-contract/ticker.ts';
import { barOf, overlaid, type Bar } from './bar.ts';

/** Most bars that are held. At the limit no older ones are loaded: a longer interval shows more time. */
export const MAX_BARS = 20_000;
/** Bars asked for at once: enough for the first picture, and the most a page holds when panning back. */
const FIRST_PAGE = 500;
const PAGE = 1000;

/** Asks for the newest `limit` candles from `from` to before `to`; null: no bound, now. Times are UTC milliseconds. */
export type FetchCandles = (period: {
  from: number | null;
  to: number | null;
  limit: number;
}) => Promise<CandlePage>;

/** The candles of one instrument and interval that a chart holds: the newest first, older ones as they are panned to. */
export class CandleWindow {
  #bars = $state.raw<readonly Bar[]>([]);
  #state = $state<'loading' | 'ready' | 'failed'>('loading');
  #failure = $state('');
  #earlier = $state(false);
  #loadingEarlier = $state(false);
  #currency = $state('');
  #series = $state.raw<ChartSeries | null>(null);
  #seriesBefore = $state.raw<ChartSeries | null>(null);
  #generation = 0;
  #loading: Promise<void> | null = null;
  #live: readonly Bar[] = [];
  #liveSeries: ChartSeries | null = null;
  readonly #fetch: FetchCandles;

  constructor(fetch: FetchCandles) {
    this.#fetch = fetch;
  }

  /** Ascending; the same list until something changes. */
  get bars(): readonly Bar[] {
    return this.#bars;
  }

  /** `ready` also while it loads again, and when only loading again failed. */
  get state(): 'loading' | 'ready' | 'failed' {
    return this.#state;
  }

  /** Why the last attempt to load failed; empty when it did not. */
  get failure(): string {
    return this.#failure;
  }

  /** Currency of the prices; empty before the first page. */
  get currency(): string {
    return this.#currency;
  }

  /** Whose prices it holds; null before the first page, and while no price is known. */
  get series(): ChartSeries | null {
    return this.#series;
  }

  /** Whose prices it held before another source or currency came into use; null when none did. */
  get seriesBefore(): ChartSeries | null {
    return this.#seriesBefore;
  }

  /** Whether older candles are being loaded. */
  get loadingEarlier(): boolean {
    return this.#loadingEarlier;
  }

  /** Why nothing older can be panned to: there is none, or the window is full; null while there is. */
  get end(): 'beginning' | 'full' | null {
    if (!this.#earlier) return 'beginning';
    return this.#bars.length >= MAX_BARS ? 'full' : null;
  }

  /** Loads the newest page; after a broken link what is held stays when the page joins it. */
  async load(): Promise<void> {
    const expected = this.#liveSeries;
    const loading = this.#loadNewest(++this.#generation);
    this.#loading = loading;
    await loading;
    if (this.#loading !== loading) return;
    this.#loading = null;
    const isOutrun = !isSame(expected, this.#liveSeries) && !isSame(this.#series, this.#liveSeries);
    if (isOutrun && this.#state === 'ready') await this.load();
  }

  async #loadNewest(generation: number): Promise<void> {
    const limit = this.#bars.length === 0 ? FIRST_PAGE : PAGE;
    const page = await this.#ask({ from: null, to: null, limit }, generation);
    if (page === null) return;
    const fresh = page.items.map(barOf);
    const isOther = !this.#holds(page);
    const joins = !isOther && (fresh[0]?.at ?? Infinity) <= (this.#bars.at(-1)?.at ?? -Infinity);
    if (!joins || !page.earlier) this.#earlier = page.earlier;
    this.#currency = page.currency;
    if (isOther) {
      this.#seriesBefore = this.#series;
      this.#series = seriesOf(page);
    }
    this.#take(joins ? overlaid(this.#bars, fresh) : fresh);
    this.#state = 'ready';
  }

  /** Loads the page before the oldest bar, unless that is under way, at the beginning or the window is full. */
  async loadEarlier(): Promise<void> {
    const oldest = this.#bars[0];
    if (oldest === undefined || this.#loadingEarlier || this.end !== null) return;
    this.#loadingEarlier = true;
    const limit = Math.min(PAGE, MAX_BARS - this.#bars.length);
    const page = await this.#ask({ from: null, to: oldest.at, limit }, this.#generation);
    this.#loadingEarlier = false;
    if (page === null) return;
    if (!this.#holds(page)) return this.load();
    this.#earlier = page.earlier;
    this.#bars = [...page.items.map(barOf).filter(({ at }) => at < oldest.at), ...this.#bars];
  }

  /** Loads what is held from `from` on again: a late price changed it. */
  async revise(from: number): Promise<void> {
    // A page that was asked for before may not have the revision, and would undo it.
    while (this.#loading !== null) await this.#loading;
    if (this.#state !== 'ready') return;
    const start = Math.max(from, this.#bars.at(-PAGE)?.at ?? from);
    const page = await this.#ask({ from: start, to: null, limit: PAGE }, null);
    if (page === null) return;
    if (this.#holds(page)) this.#take(overlaid(this.#bars, page.items.map(barOf)));
    else await this.load();
  }

  /**
   * Continues with the newest candles as the feed tells them, and whose they are; ascending. When they do not join what is
   * held, because more than they tell has happened meanwhile or they are of another series, the newest page is loaded.
   */
  live(bars: readonly Bar[], series: ChartSeries | null): void {
    this.#live = bars;
    this.#liveSeries = series;
    if (this.#state !== 'ready') return;
    if (this.#joins(this.#bars)) this.#take(this.#bars);
    else if (this.#loading === null) void this.load();
  }

  #joins(bars: readonly Bar[]): boolean {
    if (!isSame(this.#series, this.#liveSeries)) return false;
    return bars.length === 0 || (this.#live[0]?.at ?? -Infinity) <= (bars.at(-1)?.at ?? -Infinity);
  }

  #holds(page: CandlePage): boolean {
    return isSame(this.#series, seriesOf(page));
  }

  #take(bars: readonly Bar[]): void {
    const all = this.#joins(bars) ? overlaid(bars, this.#live) : bars;
    this.#bars = all.length > MAX_BARS ? all.slice(-MAX_BARS) : all;
  }

  /** Null when it failed, or when another load began after that of `generation`; without one it counts in any case. */
  async #ask(period: Parameters<FetchCandles>[0], generation: number | null): Promise<CandlePage | null> {
    const isOverdue = (): boolean => generation !== null && generation !== this.#generation;
    try {
      const page = await this.#fetch(period);
      if (isOverdue()) return null;
      this.#failure = '';
      return page;
    } catch (error) {
      if (isOverdue()) return null;
      this.#failure = error instanceof Error ? error.message : String(error);
      if (this.#bars.length === 0) this.#state = 'failed';
      return null;
    }
  }
}

function seriesOf({ sources, currency }: CandlePage): ChartSeries | null {
  return sources.length === 0 ? null : { sources, currency };
}

function isSame(a: ChartSeries | null, b: ChartSeries | null): boolean {
  return a?.currency === b?.currency && a?.sources.join(' ') === b?.sources.join(' ');
}
