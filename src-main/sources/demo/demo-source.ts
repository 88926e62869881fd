import type { SourceIntake, StreamIntake } from '../../../src-contract/intake.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import type { EventSource, SourceStatus } from '../source.ts';
import type { PriceRange } from '../stocks/mock/price-range.ts';
import { DemoEvents } from './demo-events.ts';
import { DEMO_SYMBOLS, DemoMarket } from './demo-market.ts';
import { SHARED_PORTFOLIOS } from './demo-portfolios.ts';
import { DemoScript, type DemoEvent } from './demo-script.ts';

/** What the demo feed works with. */
export interface DemoSourceOptions {
  intake: SourceIntake;
  clock: Clock;
  random: Random;
  log: Log;
  /** Price events a second, up to 5,000; 12 when left out. */
  pricesPerSecond?: number;
  /** Whether people are simulated too: activity of a team, events of visitors. Left out: they are not. */
  people?: boolean;
  /** Portfolios an earlier run left shared. */
  shared(): string[];
  /** The last price of a symbol in earlier runs. */
  lastPrice(symbol: string): number | null;
  /** Symbols whose prices another source gives now, so that it makes none; asked before every price. Left out: none. */
  withoutPrices?(): ReadonlySet<string>;
  /** Ranges that a person can edit, before the app's own; the same list while nothing changed. */
  ranges?(): readonly PriceRange[];
}

const DAY_MS = 86_400_000;
const TICK_MS = 50;
const EVENT_EVERY_MS = 3000;
/** A first start is given a past of this length, one price per symbol and step, so that charts have something to show. */
const PAST_MS = 2 * 3_600_000;
const PAST_STEP_MS = 30_000;
const PAST_PRICES = (PAST_MS / PAST_STEP_MS) * DEMO_SYMBOLS.length;
const FASTEST = 5000;
const NO_RANGES: readonly PriceRange[] = [];

/**
 * Starts the simulator: seeded prices and portfolios without any network. It offers JSON bodies to the same intake as
 * every other source, so nothing behind it knows the difference. While the intake has no room it makes nothing.
 */
export async function startDemoSource(options: DemoSourceOptions): Promise<EventSource> {
  const stream = await options.intake.openStream({ name: 'demo', createdAt: 0 });
  const people =
    options.people === true ? await options.intake.openStream({ name: 'people', createdAt: 0 }) : null;
  const source = new DemoSource(options, stream, people);
  source.start();
  return source;
}

class DemoSource implements EventSource {
  readonly status: SourceStatus;
  readonly #options: DemoSourceOptions;
  readonly #stream: StreamIntake;
  readonly #peopleStream: StreamIntake | null;
  readonly #market: DemoMarket;
  readonly #script: DemoScript;
  readonly #perSecond: number;
  readonly #encoder = new TextEncoder();
  #cancels: (() => void)[] = [];
  #people: DemoEvents | null = null;
  #owed = 0;
  /** Counts prices, told one symbol after the other. */
  #turn = 0;
  /** What comes before the live events; null once it is told. */
  #prelude: Generator<void> | null;

  constructor(options: DemoSourceOptions, stream: StreamIntake, people: StreamIntake | null) {
    const { random, clock, pricesPerSecond = 12 } = options;
    this.#options = options;
    this.#stream = stream;
    this.#peopleStream = people;
    this.#market = new DemoMarket(
      random.fork('market'),
      (symbol) => options.lastPrice(symbol),
      () => options.ranges?.() ?? NO_RANGES,
    );
    this.#script = new DemoScript(random.fork('script'), this.#market, options.shared());
    this.#perSecond = Math.min(FASTEST, pricesPerSecond);
    this.#prelude = this.#tellPrelude(clock.now());
    this.status = {
      state: 'live',
      since: clock.now(),
      detail: `simulates ${DEMO_SYMBOLS.length} symbols`,
      delivery: null,
    };
  }

  /** Its status never changes: it needs nothing that could fail. */
  onStatus(): () => void {
    return () => undefined;
  }

  start(): void {
    const { clock } = this.#options;
    this.#tellMore();
    this.#cancels = [
      this.#stream.onRoom(() => this.#tellMore()),
      clock.every(TICK_MS, () => this.#tick()),
      clock.every(EVENT_EVERY_MS, () => this.#act()),
    ];
  }

  stop(): Promise<void> {
    for (const cancel of this.#cancels) cancel();
    this.#cancels = [];
    return this.#people?.stop() ?? Promise.resolve();
  }

  #tick(): void {
    if (this.#prelude !== null) return;
    // What could not be made within a second, for want of room, is not made up for.
    this.#owed = Math.min(this.#owed + (this.#perSecond * TICK_MS) / 1000, Math.max(1, this.#perSecond));
    for (; this.#owed >= 1 && this.#stream.room > 0; this.#owed--) this.#offerLivePrice();
  }

  #act(): void {
    if (this.#prelude === null && this.#stream.room > 0) this.#offerEvent(this.#script.next());
  }

  /** Goes on with the prelude for as long as there is room. */
  #tellMore(): void {
    while (this.#prelude !== null && this.#stream.room > 0)
      if (this.#prelude.next().done === true) this.#prelude = null;
    if (this.#prelude === null) this.#wakePeople();
  }

  /** After the prelude: what they did in the past must not come before prices and portfolios of that time. */
  #wakePeople(): void {
    const { clock, random } = this.#options;
    if (this.#peopleStream === null || this.#people !== null) return;
    this.#people = new DemoEvents({ stream: this.#peopleStream, clock, random: random.fork('people') });
  }

  /** Opt-ins until 40 are shared; before that, on a first start or one that was cut short, what is missing of the past. */
  *#tellPrelude(now: number): Generator<void> {
    const told = this.#stream.offeredSeq;
    const begin = now - PAST_MS;
    const isPast = told < SHARED_PORTFOLIOS + PAST_PRICES;
    for (const event of this.#script.fill()) {
      this.#offerEvent(event, isPast ? begin : undefined);
      yield;
    }
    if (!isPast) return;
    for (let count = Math.max(0, told - SHARED_PORTFOLIOS); count < PAST_PRICES; count++) {
      this.#offerPrice(this.#nextInTurn(), begin + Math.floor(count / DEMO_SYMBOLS.length) * PAST_STEP_MS);
      yield;
    }
  }

  #offerEvent({ family, body }: DemoEvent, at?: number): void {
    this.#offer(family, body, at);
  }

  /** The next symbol's price, unless all of them come from elsewhere. */
  #offerLivePrice(): void {
    const without = this.#options.withoutPrices?.();
    for (let skipped = 0; skipped < DEMO_SYMBOLS.length; skipped += 1) {
      const next = this.#nextInTurn();
      if (without?.has(next.symbol) !== true) return this.#offerPrice(next);
    }
  }

  #nextInTurn(): PriceRange {
    const next = DEMO_SYMBOLS[this.#turn % DEMO_SYMBOLS.length];
    if (next === undefined) throw new Error('the demo has no symbols');
    this.#turn += 1;
    return next;
  }

  /** The time between two live prices of a symbol, as a part of that between two of the past. */
  get #livePart(): number {
    return (DEMO_SYMBOLS.length * 1000) / this.#perSecond / PAST_STEP_MS;
  }

  #offerPrice(chosen: PriceRange, at?: number): void {
    const time = at ?? this.#options.clock.now();
    // A price of the past stands for many of now: both have to move alike, or charts would show where the demo began.
    const part = at === undefined ? this.#livePart : 1;
    const { price, changePercent } = this.#market.step(chosen, Math.floor(time / DAY_MS), part);
    this.#offer('stock.price_updated', { symbol: chosen.symbol, price, change_percent: changePercent }, at);
  }

  #offer(family: string, body: object, at?: number): void {
    const dated = at === undefined ? body : { ...body, occurred_at: toTimestamp(at) };
    const bytes = this.#encoder.encode(JSON.stringify(dated));
    this.#stream.offer(family, this.#stream.offeredSeq + 1, this.#options.clock.now(), bytes);
  }
}
