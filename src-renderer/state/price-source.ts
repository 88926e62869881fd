const TITLES: Readonly<Record<string, string>> = { nats: 'NATS', stocks: 'Stock API', demo: 'Demo feed' };

/** Id of the source that polls the stock API, whose calls the breaker guards. */
export const POLLED_SOURCE = 'stocks';

/** What a source of prices is called; one without a title keeps its id. */
export function priceSourceTitle(source: string): string {
  return TITLES[source] ?? source;
}
