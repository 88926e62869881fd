import { describe, expect, it } from 'vitest';
import { httpAddress } from './http-address.ts';

describe('the address of a service', () => {
  it.each([
    ['http://127.0.0.1:4100', 'http://127.0.0.1:4100/api/stock-prices'],
    [' https://prices.example/ ', 'https://prices.example/api/stock-prices'],
    ['https://prices.example/v2/quotes?list=a', 'https://prices.example/v2/quotes?list=a'],
    ['http://[::1]:4100', 'http://[::1]:4100/api/stock-prices'],
  ])('of %s is %s', (text, address) => {
    expect(httpAddress(text, '/api/stock-prices')).toBe(address);
  });

  it.each([
    '',
    'prices.example',
    'ftp://prices.example',
    'http://',
    'http://me:secret@prices.example',
    'http://a/#b',
  ])('is none for %j', (text) => {
    expect(httpAddress(text, '/api/stock-prices')).toBeNull();
  });
});
