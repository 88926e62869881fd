const TITLES: Readonly<Record<string, string>> = { nats: 'NATS', stocks: 'Stock API', demo: 'Demo feed' };

/** What a source of prices is called; one without a title keeps its id. */
export function priceSourceTitle(source: string): string {
  return TITLES[source] ?? source;
}
