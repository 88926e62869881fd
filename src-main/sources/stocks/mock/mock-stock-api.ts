import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { normalizeSymbol } from '../../../../src-contract/instrument.ts';
import { NO_FAULTS, type MockFaults } from '../../../../src-contract/polling.ts';
import { toTimestamp } from '../../../../src-contract/timestamp.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Stoppable } from '../../../lib/disposables.ts';
import type { Log } from '../../../lib/log.ts';
import type { Random } from '../../../lib/random.ts';
import { mockOutcome } from './mock-faults.ts';
import type { PriceRange } from './price-range.ts';
import type { PriceRanges } from './price-ranges.ts';
import { PriceWalk } from './price-walk.ts';

/** A running mock stock API. */
export interface MockStockApi extends Stoppable {
  /** Address of its prices, such as `http://127.0.0.1:4100/api/stock-prices`. */
  readonly url: string;
  /** The faults that are switched on. */
  readonly faults: MockFaults;
  /** What is wrong with the file of ranges, in words; null: nothing. */
  readonly problem: string | null;
  /** Calls for prices so far, whatever came of them. */
  readonly calls: number;
  /** Connections opened so far. */
  readonly connections: number;
  /** The symbols it has prices of. */
  symbols(): readonly string[];
  /** Calls so far that asked for this symbol, by name or by asking for all. */
  callsOf(symbol: string): number;
  /** Switches faults; those left out stay. Answers all. */
  setFaults(patch: Partial<MockFaults>): MockFaults;
}

/** What the mock works with. */
export interface MockStockApiOptions {
  /** Port of loopback; 0: any free one. */
  readonly port: number;
  readonly ranges: PriceRanges;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** The price that a symbol goes on from when it is first asked for; null, or left out: somewhere in its range. */
  readonly lastPrice?: (symbol: string) => number | null;
  /** Faults that are on from the beginning. */
  readonly faults?: Partial<MockFaults>;
}

const PATH = '/api/stock-prices';
const HOST = '127.0.0.1';
/** Asked every five seconds, prices move as far in half a minute as the demo lets them. */
const STEP_PART = 1 / 6;
const DAY_MS = 86_400_000;
/** Longer than any usual interval between polls, so that their connection lasts. */
const KEEP_ALIVE_MS = 120_000;
/** More are refused. */
const MAX_CONNECTIONS = 256;

/**
 * Starts a stock API with made-up prices on loopback: `GET /api/stock-prices`, all or `?symbols=A,B`, new values with every
 * call. Rejects when the port is taken.
 */
export async function startMockStockApi(options: MockStockApiOptions): Promise<MockStockApi> {
  await options.ranges.refresh();
  const mock = new MockServer(options);
  await mock.listen(options.port);
  return mock;
}

class MockServer implements MockStockApi {
  readonly #options: MockStockApiOptions;
  readonly #walk: PriceWalk;
  readonly #chance: Random;
  readonly #server: Server;
  readonly #stopping = new AbortController();
  /** By symbol; of symbols that have prices only. */
  readonly #callsOf = new Map<string, number>();
  #faults: MockFaults;
  #port = 0;
  #calls = 0;
  #connections = 0;
  #stopped: Promise<void> | null = null;

  constructor(options: MockStockApiOptions) {
    this.#options = options;
    this.#walk = new PriceWalk(options.random.fork('prices'), options.lastPrice ?? (() => null));
    this.#chance = options.random.fork('faults');
    this.#faults = { ...NO_FAULTS, ...options.faults };
    this.#server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        if (this.#stopping.signal.aborted) return;
        options.log.error('the mock stock API failed', { error });
        response.destroy();
      });
    });
    this.#server.maxConnections = MAX_CONNECTIONS;
    this.#server.on('connection', () => (this.#connections += 1));
  }

  get url(): string {
    return `http://${HOST}:${this.#port}${PATH}`;
  }

  get faults(): MockFaults {
    return this.#faults;
  }

  get problem(): string | null {
    return this.#options.ranges.problem;
  }

  get calls(): number {
    return this.#calls;
  }

  get connections(): number {
    return this.#connections;
  }

  symbols(): readonly string[] {
    return this.#options.ranges.current.map(({ symbol }) => symbol);
  }

  callsOf(symbol: string): number {
    return this.#callsOf.get(symbol) ?? 0;
  }

  setFaults(patch: Partial<MockFaults>): MockFaults {
    this.#faults = { ...this.#faults, ...patch };
    return this.#faults;
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, HOST, () => {
        this.#server.off('error', reject);
        this.#port = (this.#server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  stop(): Promise<void> {
    this.#stopped ??= new Promise((resolve) => {
      this.#stopping.abort();
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
    return this.#stopped;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${HOST}`);
    if (pathname !== PATH) return end(response, 404, { error: `only ${PATH} is served` });
    if (request.method !== 'GET') return end(response, 405, { error: 'only GET is served' });
    this.#calls += 1;
    const outcome = mockOutcome(this.#faults, this.#chance.next());
    await this.#options.ranges.refresh();
    const wanted = this.#wanted(searchParams.get('symbols'));
    for (const { symbol } of wanted) this.#callsOf.set(symbol, this.callsOf(symbol) + 1);
    await this.#dawdle();
    if (outcome === 'error') return end(response, 500, { error: 'switched to fail' });
    if (outcome === 'limited') {
      response.setHeader('retry-after', this.#faults.retry_after_s);
      return end(response, 429, { error: 'switched to be busy' });
    }
    // Left open: who asks gives up, or the mock is stopped.
    if (outcome === 'timeout') return;
    const body = JSON.stringify(wanted.map((range) => this.#row(range)));
    send(response, 200, outcome === 'malformed' ? `${body.slice(0, -1)},{"symbol":` : body);
  }

  async #dawdle(): Promise<void> {
    const { latency_ms: latencyMs } = this.#faults;
    if (latencyMs > 0) await this.#options.clock.sleep(latencyMs, this.#stopping.signal);
  }

  #wanted(symbols: string | null): readonly PriceRange[] {
    const { current } = this.#options.ranges;
    if (symbols === null) return current;
    const asked = new Set(symbols.split(',').map(normalizeSymbol));
    return current.filter(({ symbol }) => asked.has(symbol));
  }

  #row(range: PriceRange): object {
    const now = this.#options.clock.now();
    const { price, changePercent } = this.#walk.step(range, Math.floor(now / DAY_MS), STEP_PART);
    const timestamp = toTimestamp(now - this.#faults.stale_s * 1000);
    return { symbol: range.symbol, price, change_percent: changePercent, timestamp };
  }
}

function end(response: ServerResponse, status: number, body: object): void {
  send(response, status, JSON.stringify(body));
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(body);
}
