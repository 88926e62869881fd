import type { ContractClient } from '../../../src-contract/client.ts';
import { SuggestionSearch } from '../../state/suggestion-search.svelte.ts';

/** How many portfolios the palette lists. */
const LIMIT = 8;
/** The longest text that is looked for. */
const MAX_TEXT = 64;

/** Finds the slugs of shared portfolios, at most 8, by a part of them. */
export function portfolioSearch(client: Pick<ContractClient, 'call'>): SuggestionSearch<string> {
  return new SuggestionSearch(async (text) => {
    const q = text.toLowerCase().slice(0, MAX_TEXT);
    const { items } = await client.call('portfolios.list', { q, limit: LIMIT });
    return items.map(({ slug }) => slug);
  });
}
