import type { Supervisor } from '../../lib/supervisor.ts';
import type { MockStockApi, MockStockApiOptions } from '../../sources/stocks/mock/mock-stock-api.ts';

/** Starts the built-in mock stock API on a port of loopback, 0: any free one, with prices that go on from the last ones. */
export type StartMock = (
  options: Required<Pick<MockStockApiOptions, 'port' | 'log' | 'lastPrice'>>,
) => Promise<MockStockApi>;

/** Id of the mock among the supervised services. */
export const MOCK_SERVICE = 'mock-stock-api';

/** The built-in mock stock API as a supervised service: started when it is first polled, on the same port ever after. */
export class MockService {
  readonly #services: Supervisor;
  readonly #start: StartMock;
  readonly #lastPrice: (symbol: string) => number | null;
  #api: MockStockApi | null = null;
  #port = 0;
  #waiting: { resolve: (api: MockStockApi) => void; reject: (error: unknown) => void }[] = [];

  /** @param lastPrice the last known price of a symbol in the environment that the mock is for. */
  constructor(services: Supervisor, start: StartMock, lastPrice: (symbol: string) => number | null) {
    this.#services = services;
    this.#start = start;
    this.#lastPrice = lastPrice;
  }

  /** The mock while it runs. */
  get running(): MockStockApi | null {
    return this.#api;
  }

  /** The running mock, started if need be; rejects when this start fails. */
  ensure(): Promise<MockStockApi> {
    if (this.#api !== null) return Promise.resolve(this.#api);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (this.#services.get(MOCK_SERVICE) === undefined) this.#add();
    });
  }

  #add(): void {
    this.#services.add({
      id: MOCK_SERVICE,
      title: 'Mock stock API',
      start: async ({ log, signal }) => {
        try {
          const api = await this.#start({ port: this.#port, log, lastPrice: this.#lastPrice });
          log.info('the mock stock API answers', { url: api.url });
          this.#port = Number(new URL(api.url).port);
          this.#api = api;
          signal.addEventListener('abort', () => (this.#api = null));
          for (const { resolve } of this.#waiting.splice(0)) resolve(api);
          return api;
        } catch (error) {
          for (const { reject } of this.#waiting.splice(0)) reject(error);
          throw error;
        }
      },
    });
  }
}
