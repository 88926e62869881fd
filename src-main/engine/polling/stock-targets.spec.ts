import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src-contract/settings.ts';
import { StockTargets } from './stock-targets.ts';

function targets(givenKey: string | null, given: string | null, url = '') {
  const stocks = { ...DEFAULT_SETTINGS.stocks, url, has_key: true, key_origin: 'https://kept.example' };
  const settings = { read: () => ({ ...DEFAULT_SETTINGS, stocks }), stockKey: () => 'kept' };
  const key = { key: givenKey, header: null };
  return { stocks, targets: new StockTargets({ given, givenKey: key, settings, hasMock: false }) };
}

describe('the key of a stock API', () => {
  it('that was given at the start is sent to the address of the start, and to no other one that is set later', () => {
    const { stocks, targets: all } = targets('given', null, 'https://first.example');
    expect(all.of('dev')?.key).toBe('given');
    stocks.url = 'https://later.example';
    expect(all.of('dev')).toMatchObject({ key: '', problem: expect.stringContaining('not sent') as unknown });
  });

  it('that is kept is not sent to an address given at the start unless it was entered for it', () => {
    expect(targets(null, 'https://given.example/p').targets.of('dev')?.key).toBe('');
    expect(targets(null, 'https://kept.example/p').targets.of('dev')?.key).toBe('kept');
    expect(targets('given', 'https://given.example/p').targets.of('dev')?.key).toBe('given');
  });
});
