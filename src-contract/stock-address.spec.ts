import { describe, expect, it } from 'vitest';
import { stockAddress } from './stock-address.ts';

describe('the address of a stock API', () => {
  it.each([
    ['http://127.0.0.1:4100', 'http://127.0.0.1:4100/api/stock-prices'],
    [' https://prices.example/ ', 'https://prices.example/api/stock-prices'],
    ['https://prices.example/v2/quotes?list=a', 'https://prices.example/v2/quotes?list=a'],
    ['http://[::1]:4100', 'http://[::1]:4100/api/stock-prices'],
  ])('of %s is %s', (text, address) => {
    expect(stockAddress(text)).toBe(address);
  });

  it.each([
    '',
    'prices.example',
    'ftp://prices.example',
    'http://',
    'http://me:secret@prices.example',
    'http://a/#b',
  ])('is none for %j', (text) => {
    expect(stockAddress(text)).toBeNull();
  });
});
