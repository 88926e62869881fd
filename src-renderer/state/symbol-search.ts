import type { ContractClient } from '../../src-contract/client.ts';
import type { Suggestion } from '../../src-contract/ticker.ts';
import { SuggestionSearch } from './suggestion-search.svelte.ts';

/** The longest text that is looked for. */
const MAX_TEXT = 64;

/** Finds the symbols, at most 10, that typing may have meant. */
export function symbolSearch(client: Pick<ContractClient, 'call'>): SuggestionSearch<Suggestion> {
  return new SuggestionSearch(async (text) => {
    const { items } = await client.call('symbols.suggest', { q: text.toUpperCase().slice(0, MAX_TEXT) });
    return items;
  });
}
