import { readFileSync } from 'node:fs';
import { ContractError } from '../../src-contract/result.ts';
import { STOCK_PRICES_PATH, type SettingsPatch } from '../../src-contract/settings.ts';
import { errorMessage } from '../lib/error-message.ts';
import { httpAddress } from '../lib/http-address.ts';
import { isFreeHeader, isHeaderWord } from '../lib/request-header.ts';

/** Says whether a stock API can be asked with what a patch sets. Throws a ContractError that names the field. */
export function checkStocks(patch: NonNullable<SettingsPatch['stocks']>): void {
  const { url, key_header: header, key, tls_ca: ca } = patch;
  if (url !== undefined && url !== '' && httpAddress(url, STOCK_PRICES_PATH) === null) {
    refuse(
      'url',
      'the address of the stock API begins with http:// or https:// and has no user and password in it',
    );
  }
  if (header !== undefined && !isFreeHeader(header)) {
    refuse(
      'key_header',
      `${JSON.stringify(header)} cannot be the header of an API key; such as X-Api-Key can`,
    );
  }
  if (key !== undefined && key !== '' && !isHeaderWord(key)) {
    refuse('key', 'an API key is made of visible ASCII characters without spaces');
  }
  if (ca !== undefined && ca !== '') readable(ca);
}

function readable(path: string): void {
  try {
    readFileSync(path);
  } catch (error) {
    refuse('tls_ca', `the CA certificate cannot be read: ${errorMessage(error)}`);
  }
}

function refuse(field: string, words: string): never {
  throw new ContractError('invalid_argument', words, { field: `/stocks/${field}` });
}
