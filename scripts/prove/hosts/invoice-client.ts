import type { Invoice, InvoiceRun, InvoiceTotals } from '../../../src-contract/invoice.ts';
import type { Page } from '../../../src-contract/paging.ts';
import type { RestClient } from './rest-client.ts';

const PAGE = 1000;

/** What another program asks of a host about invoices, over HTTP. */
export class InvoiceClient {
  readonly #rest: Pick<RestClient, 'get' | 'ask'>;

  constructor(rest: Pick<RestClient, 'get' | 'ask'>) {
    this.#rest = rest;
  }

  run(): Promise<InvoiceRun> {
    return this.#rest.get('/api/control');
  }

  stats(): Promise<InvoiceTotals> {
    return this.#rest.get('/api/stats');
  }

  /** Gives the simulator a command; rejects when it is refused. */
  async control(command: 'start' | 'stop' | 'reset' | 'undo', figures: object = {}): Promise<InvoiceRun> {
    const response = await this.#rest.ask('POST', `/api/control/${command}`, figures);
    if (!response.ok) throw new Error(`${command} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as InvoiceRun;
  }

  /** The totals that the list says of what a filter keeps, such as `currency=EUR`. */
  totals(filter: string): Promise<InvoiceTotals> {
    return this.#rest.get(`/api/invoices?limit=1&${filter}`);
  }

  /** Every invoice that a filter keeps, in the order of the list, page by page. */
  async *all(filter = ''): AsyncGenerator<Invoice> {
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page<Invoice> = await this.#rest.get(`/api/invoices?limit=${PAGE}&${filter}${query}`);
      yield* page.items;
      cursor = page.next_cursor;
    } while (cursor !== null);
  }
}
