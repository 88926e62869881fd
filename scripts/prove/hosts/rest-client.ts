import type { Community, Portfolio, PortfolioSummary } from '../../../src-contract/portfolio.ts';
import type { Page } from '../../../src-contract/paging.ts';
import type { AuditEntry, Reject, SystemReport } from '../../../src-contract/system.ts';

const PAGE = 1000;

/** What another program asks of a host over HTTP. */
export class RestClient {
  readonly #url: string;
  readonly #signal: AbortSignal;

  constructor(url: string, signal: AbortSignal) {
    this.#url = url;
    this.#signal = signal;
  }

  status(): Promise<SystemReport> {
    return this.get('/api/system/status');
  }

  community(): Promise<Community> {
    return this.get('/api/community');
  }

  /** A portfolio, or null when the host answers 404. */
  async portfolio(slug: string): Promise<Portfolio | null> {
    const response = await this.ask('GET', `/api/portfolios/${slug}`);
    if (response.status === 404) {
      await response.body?.cancel();
      return null;
    }
    return answerOf<Portfolio>(response);
  }

  portfolios(): Promise<PortfolioSummary[]> {
    return this.#pages('/api/portfolios');
  }

  rejects(): Promise<Reject[]> {
    return this.#pages('/api/rejects');
  }

  audit(): Promise<AuditEntry[]> {
    return this.#pages('/api/audit');
  }

  /** Makes an environment the active one. */
  async activate(name: string): Promise<void> {
    await answerOf(await this.ask('PUT', '/api/environment', { name }));
  }

  /** The answer to a GET; rejects when it is a problem. */
  async get<T>(path: string): Promise<T> {
    return answerOf(await this.ask('GET', path));
  }

  /** The bare response. */
  ask(method: string, path: string, body?: object): Promise<Response> {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    return fetch(this.#url + path, { method, headers, signal: this.#signal, ...json });
  }

  async #pages<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page<T> = await this.get(`${path}?limit=${PAGE}${query}`);
      items.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor !== null);
    return items;
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T;
  throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
}
