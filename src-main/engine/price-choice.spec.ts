import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src-contract/settings.ts';
import { priceChoice } from './price-choice.ts';

describe('which prices count', () => {
  it('follows the order of the settings; sharing makes one place of what is polled and of NATS', () => {
    const { price_sources: preference, stocks } = DEFAULT_SETTINGS;
    const choice = { preference, currency: 'EUR' };
    expect(priceChoice(DEFAULT_SETTINGS, 'EUR')).toEqual({ ...choice, together: [] });
    const sharing = { ...DEFAULT_SETTINGS, stocks: { ...stocks, share: true } };
    expect(priceChoice(sharing, 'EUR')).toEqual({ ...choice, together: ['nats', 'stocks'] });
  });
});
