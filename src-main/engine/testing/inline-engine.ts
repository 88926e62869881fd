import type { ContractClient } from '../../../src-contract/client.ts';
import type {
  CallArgs,
  CallName,
  CallResult,
  FeedHead,
  FeedName,
  FeedParams,
  FeedRow,
} from '../../../src-contract/channels.ts';
import type { FeedView } from '../../../src-contract/client.ts';
import { silentLog } from '../../lib/log.ts';
import { seededRandom } from '../../lib/random.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import { startEngineCore, type Engine } from '../engine.ts';
import type { EngineOptions } from '../engine-port.ts';
import type { StartMock } from '../polling/mock-service.ts';
import { directClient } from './direct-client.ts';
import { FakeStockApi } from './fake-stock-api.ts';
import { START } from './runtime-fixture.ts';

/** What a feed showed last; reading it throws before its snapshot has come. */
export class Followed<N extends FeedName> {
  view: FeedView<N> | null = null;

  get head(): FeedHead<N> {
    return this.#state.head;
  }

  get rows(): FeedRow<N>[] {
    return [...this.#state.rows.values()];
  }

  get keys(): string[] {
    return [...this.#state.rows.keys()];
  }

  row(key: string): FeedRow<N> | undefined {
    return this.#state.rows.get(key);
  }

  get #state() {
    const state = this.view?.state ?? null;
    if (state === null) throw new Error('the feed has shown nothing yet');
    return state;
  }
}

/** The whole engine on one thread: an inline store in a folder of its own, a virtual clock, and a client. */
export class InlineEngine {
  readonly engine: Engine;
  readonly client: ContractClient;
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly folder: string;
  /** What a drill or a fault crashed the engine with. */
  readonly crashes: string[];
  /** What answers when a stock API is polled. */
  readonly api: FakeStockApi;

  private constructor(parts: Omit<InlineEngine, 'ask' | 'follow' | 'stop'>) {
    this.engine = parts.engine;
    this.client = parts.client;
    this.store = parts.store;
    this.clock = parts.clock;
    this.folder = parts.folder;
    this.crashes = parts.crashes;
    this.api = parts.api;
  }

  /** @param startMock starts a mock stock API for `demo`; left out: there is none. */
  static async start(
    options: Partial<EngineOptions> & { dataFolder: string },
    startMock?: StartMock,
  ): Promise<InlineEngine> {
    const clock = new VirtualClock(START);
    const folder = options.dataFolder;
    const crashes: string[] = [];
    const api = new FakeStockApi(clock);
    const store = await openStore({ folder, mode: 'inline', log: silentLog, clock });
    const given: EngineOptions = {
      version: '1.2.3',
      env: 'demo',
      nats: null,
      stockApi: null,
      demo: { on: true, seed: 7 },
      logLevel: 'error',
      overridden: [],
      batch: { events: 1000, lingerMs: 5 },
      ...options,
    };
    const surroundings = {
      store,
      clock,
      random: seededRandom(given.demo.seed),
      log: silentLog,
      stockHttp: api.http,
      soon: (run: () => void) => void clock.after(0, run),
      ...(startMock === undefined ? {} : { startMock }),
      crash: (error: Error) => void crashes.push(error.message),
    };
    const engine = await startEngineCore(given, surroundings);
    const connect: Engine['connect'] = (identity, deliver) => engine.connect(identity, deliver);
    const client = await directClient({ connect }, clock);
    return new InlineEngine({ engine, client, store, clock, folder, crashes, api });
  }

  /** A call, answered while the clock stands still. */
  async ask<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallResult<N>> {
    const answer = this.client.call(name, args);
    await this.clock.advance(0);
    return answer;
  }

  /** Follows a feed. */
  follow<N extends FeedName>(name: N, params: FeedParams<N>): Followed<N> {
    const followed = new Followed<N>();
    this.client.open(name, params, (view) => {
      followed.view = view;
    });
    return followed;
  }

  async stop(): Promise<void> {
    this.client.close();
    const stopped = this.engine.stop();
    await this.clock.advance(100);
    await stopped;
    await this.store.stop();
  }
}
