import type { StockSettings } from '../../../src-contract/settings.ts';

/** What a form of the stock API's address and key shows: what is saved, with what was edited. */
export type StockKeyForm = Pick<StockSettings, 'url' | 'has_key' | 'key_origin'> & { key?: string };

const OWN_MACHINE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * What to know of the API key and the address it goes to, in words; null: nothing.
 * @param isElsewhere whether another address than that of the form is asked, given at the start.
 */
export function stockKeyNote(
  { url, has_key, key_origin, key }: StockKeyForm,
  isElsewhere: boolean,
): string | null {
  const address = URL.parse(url.trim());
  const isTyped = key !== undefined && key !== '';
  const isKept = has_key && key === undefined;
  if (isElsewhere || address === null || !(isTyped || isKept)) return null;
  if (isKept && key_origin !== address.origin) {
    const entered = key_origin === '' ? 'before there was an address' : `for ${key_origin}`;
    return `The saved key was entered ${entered} and is not sent to ${address.origin}. Type the key for this address.`;
  }
  if (address.protocol === 'http:' && !OWN_MACHINE.test(address.hostname)) {
    return `The key goes to ${address.host} unencrypted, for others on the way to read. Use https:// if the API has it.`;
  }
  return null;
}
