import { describe, expect, it } from 'vitest';
import { portfolioPath, routeOf, titleOf } from './route.ts';

describe('routeOf', () => {
  it('knows every screen', () => {
    expect(['/', '/portfolios', '/system', '/settings'].map((path) => routeOf(path).screen)).toEqual([
      'overview',
      'portfolios',
      'system',
      'settings',
    ]);
  });

  it('reads the slug of a portfolio and ignores a trailing slash', () => {
    expect(routeOf(portfolioPath('growth-one'))).toEqual({ screen: 'portfolio', slug: 'growth-one' });
    expect(routeOf('/portfolios/')).toEqual({ screen: 'portfolios' });
  });

  it('says which address has no screen', () => {
    expect(routeOf('/portfolios/Not A Slug')).toEqual({ screen: 'missing', path: '/portfolios/Not A Slug' });
    expect(titleOf(routeOf('/nowhere'))).toBe('Not found · PulseDesk');
  });

  it('names the window after the portfolio', () => {
    expect(titleOf({ screen: 'portfolio', slug: 'growth-one' })).toBe('growth-one · PulseDesk');
  });
});
