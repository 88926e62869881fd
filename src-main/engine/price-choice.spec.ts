import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src-contract/settings.ts';
import { priceChoice } from './price-choice.ts';

describe('which prices count', () => {
  it('follows the order of the settings; sharing makes one place of what is polled and of NATS', () => {
    const { price_sources: preference, stocks } = DEFAULT_SETTINGS;
    const choice = { preference, currency: 'EUR' };
    expect(priceChoice(DEFAULT_SETTINGS, 'EUR', false)).toEqual({ ...choice, together: [], charted: [] });
    const sharing = { ...DEFAULT_SETTINGS, stocks: { ...stocks, share: true } };
    const shared = ['nats', 'stocks'];
    expect(priceChoice(sharing, 'EUR', false)).toEqual({ ...choice, together: shared, charted: shared });
  });

  it('charts what the built-in mock gives on from what the simulator made before', () => {
    expect(priceChoice(DEFAULT_SETTINGS, 'EUR', true)).toMatchObject({
      together: [],
      charted: ['stocks', 'demo'],
    });
  });
});
