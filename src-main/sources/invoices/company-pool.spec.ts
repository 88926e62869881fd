import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/random.ts';
import { companyPool } from './company-pool.ts';
import { loadMarkets } from './markets.ts';

describe('the pool of companies', () => {
  it('has every name once, though a locale gives the same again', async () => {
    const [first] = await loadMarkets();
    const pool = companyPool([first!, first!], seededRandom(7));
    // Both begin with the same names, so the second soon runs out of tries.
    expect(pool.length).toBeGreaterThan(6 * first!.share);
    expect(new Set(pool.map(({ name }) => name)).size).toBe(pool.length);
  });

  it('gives its markets shares of a hundred in all', async () => {
    const markets = await loadMarkets();
    expect(markets.reduce((sum, { share }) => sum + share, 0)).toBe(100);
  });
});
