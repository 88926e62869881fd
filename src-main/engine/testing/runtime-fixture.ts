import { DEFAULT_SETTINGS } from '../../../src-contract/settings.ts';
import { LatencyHistogram } from '../../lib/latency-histogram.ts';
import { silentLog } from '../../lib/log.ts';
import { seededRandom } from '../../lib/random.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { EnvironmentRuntime } from '../environment-runtime.ts';

/** 21 November 2026, 09:30:00 UTC. */
export const START = Date.UTC(2026, 10, 21, 9, 30);

type RefusedCall =
  'commit' | 'checkpoint' | 'invoiceCheckpoint' | 'activityCheckpoint' | 'analyticsCheckpoint';

/** A data folder with an inline store on a virtual clock, and runtimes of its environments. */
export class RuntimeFixture {
  readonly clock = new VirtualClock(START);
  readonly folder: string;
  readonly failures: [part: string, message: string | null][] = [];
  readonly told: string[] = [];
  stored = 0;
  forgotten = 0;
  readonly #remove: () => void;
  #store: Store;

  private constructor(store: Store, folder: string, remove: () => void, clock: VirtualClock) {
    this.#store = store;
    this.folder = folder;
    this.#remove = remove;
    this.clock = clock;
  }

  static async open(): Promise<RuntimeFixture> {
    const { folder, remove } = makeFolder();
    const clock = new VirtualClock(START);
    const store = await openStore({ folder, mode: 'inline', log: silentLog, clock });
    return new RuntimeFixture(store, folder, remove, clock);
  }

  get store(): Store {
    return this.#store;
  }

  /** Lets the writer refuse a kind of work, while `reason` answers why. */
  refuse(call: RefusedCall, reason: () => string | null): void {
    const store = this.#store;
    const { writer } = store;
    const refusing = async <T>(work: () => Promise<T>): Promise<T> => {
      const why = reason();
      if (why !== null) throw new Error(why);
      return work();
    };
    const refusals: Pick<Store['writer'], RefusedCall> = {
      commit: (batch) => refusing(() => writer.commit(batch)),
      checkpoint: (taken) => refusing(() => writer.checkpoint(taken)),
      invoiceCheckpoint: (taken) => refusing(() => writer.invoiceCheckpoint(taken)),
      activityCheckpoint: (taken) => refusing(() => writer.activityCheckpoint(taken)),
      analyticsCheckpoint: (taken) => refusing(() => writer.analyticsCheckpoint(taken)),
    };
    this.#store = { ...store, writer: { ...writer, [call]: refusals[call] } };
  }

  runtime(env: string): Promise<EnvironmentRuntime> {
    return EnvironmentRuntime.open({
      env,
      store: this.#store,
      clock: this.clock,
      random: seededRandom(1),
      log: silentLog,
      limits: { batchEvents: 100, lingerMs: 5, waiting: 400 },
      decimals: 2,
      demands: () => DEFAULT_SETTINGS.pipeline,
      prices: { preference: ['nats', 'stocks', 'demo'], currency: 'USD' },
      commitLatency: new LatencyHistogram(),
      listener: {
        portfolioChanged: (slug) => this.told.push(`${env} portfolio ${slug}`),
        holdingsReplaced: (slug) => this.told.push(`${env} holdings ${slug}`),
        sparkChanged: (slug) => this.told.push(`${env} spark ${slug}`),
        communityChanged: () => this.told.push(`${env} community`),
      },
      tickerListener: {
        priceChanged: (symbol) => this.told.push(`${env} price ${symbol}`),
        sparkChanged: (symbol) => this.told.push(`${env} ticker spark ${symbol}`),
      },
      baseCurrency: () => 'USD',
      onInvoices: () => this.told.push(`${env} invoices`),
      onEvents: () => this.told.push(`${env} events`),
      onWatchlists: (symbols) => this.told.push(`${env} watchlists ${symbols.join(' ')}`),
      onWorker: (id) => this.told.push(`${env} ${id}`),
      onStored: (events) => {
        this.stored += events;
      },
      onStoreFailure: (part, error) =>
        this.failures.push([part, error instanceof Error ? error.message : null]),
      onForget: () => {
        this.forgotten++;
      },
    });
  }

  async close(): Promise<void> {
    await this.#store.stop();
    this.#remove();
  }
}

/** One message as a source offers it. */
export type Message = [family: string, body: object];

/** Messages about one portfolio and its price. */
export const optIn = (slug: string, symbol: string, quantity: number): Message => [
  'portfolio.opted_in',
  { slug, holdings: [{ symbol, quantity, avg_price: 1 }] },
];
export const optOut = (slug: string): Message => ['portfolio.opted_out', { slug }];
export const price = (symbol: string, value: number): Message => [
  'stock.price_updated',
  { symbol, price: value },
];

/** Offers messages to a runtime as its source would, and waits until they are stored. */
export async function feed(
  runtime: EnvironmentRuntime,
  clock: VirtualClock,
  messages: Message[],
  source = 'nats',
): Promise<void> {
  const stream = await runtime.hub.of(source).openStream({ name: `S-${source}`, createdAt: 1 });
  for (const [family, body] of messages) {
    stream.offer(family, stream.offeredSeq + 1, clock.now(), Buffer.from(JSON.stringify(body)));
  }
  await clock.advance(5);
}
