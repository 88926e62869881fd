import { describe, expect, it } from 'vitest';
import { fakePolling } from '../../state/fake-ticker.ts';
import { missingPriceHint } from './missing-price.ts';

const none = fakePolling({ api: { kind: 'none', url: null } });

describe('the hint where no price is known', () => {
  it('is to subscribe only while it is not watched', () => {
    expect(missingPriceHint({ symbol: 'ZZZZ', watched: false, polling: none })).toMatch(/^Subscribe to it/);
    for (const polling of [null, none, fakePolling()]) {
      expect(missingPriceHint({ symbol: 'ZZZZ', watched: true, polling })).toMatch(/^It is watched/);
    }
  });

  it('says that the stock API does not know it', () => {
    const polling = fakePolling({ unknown_symbols: ['ZZZZ'] });
    expect(missingPriceHint({ symbol: 'ZZZZ', watched: true, polling })).toContain(
      'the stock API does not know it',
    );
    expect(missingPriceHint({ symbol: 'AAPL', watched: true, polling })).toContain('its first price');
  });

  it('says that there is no stock API', () => {
    expect(missingPriceHint({ symbol: 'ZZZZ', watched: true, polling: none })).toContain(
      'no stock API is set in Settings',
    );
  });
});
