import type { ContractClient } from '../../../src-contract/client.ts';
import { SuggestionSearch } from '../../state/suggestion-search.svelte.ts';

/** The longest text that is looked for. */
const MAX_TEXT = 200;

/** Finds the names of companies, at most 20, that typing may have meant. */
export function companySearch(client: Pick<ContractClient, 'call'>): SuggestionSearch<string> {
  return new SuggestionSearch(async (text) => {
    const { items } = await client.call('invoices.companies', { q: text.slice(0, MAX_TEXT) });
    return items;
  });
}
