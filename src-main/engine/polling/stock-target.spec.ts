import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type StockSettings } from '../../../src-contract/settings.ts';
import { stockTarget } from './stock-target.ts';

const choice = (settings: Partial<StockSettings> = {}, given: string | null = null, hasMock = true) => ({
  given,
  settings: { ...DEFAULT_SETTINGS.stocks, ...settings },
  key: { key: 'k3y', origin: 'https://prices.example' },
  header: null as string | null,
  hasMock,
});

describe('the stock API of an environment', () => {
  it('is the built-in mock in demo, without a key, and none elsewhere', () => {
    expect(stockTarget('demo', choice())).toMatchObject({ kind: 'mock', url: null, key: '' });
    expect(stockTarget('dev', choice())).toBeNull();
    expect(stockTarget('demo', choice({}, null, false))).toBeNull();
  });

  it('is the one of the settings, in every environment', () => {
    const set = choice({ url: 'https://prices.example', key_header: 'Authorization', tls_ca: '/ca.pem' });
    const external = {
      kind: 'external',
      url: 'https://prices.example/api/stock-prices',
      keyHeader: 'Authorization',
      key: 'k3y',
      problem: null,
      tlsCa: '/ca.pem',
    };
    expect(stockTarget('dev', set)).toEqual(external);
    expect(stockTarget('demo', set)).toEqual(external);
  });

  it('is asked with the header given at the start before that of the settings', () => {
    const set = choice({ url: 'https://prices.example', key_header: 'Authorization' });
    expect(stockTarget('dev', { ...set, header: 'X-Key' })?.keyHeader).toBe('X-Key');
  });

  it('gets no key that was entered for another one, and says so', () => {
    const other = stockTarget('dev', choice({ url: 'https://evil.example' }));
    expect([other?.key, other?.problem]).toEqual([
      '',
      'the API key is not sent to https://evil.example: it was entered for https://prices.example',
    ]);
  });

  it('is the one given at the start before that of the settings', () => {
    const both = choice({ url: 'https://prices.example' }, 'http://127.0.0.1:4100/api/stock-prices');
    expect(stockTarget('dev', both)?.url).toBe('http://127.0.0.1:4100/api/stock-prices');
  });
});
