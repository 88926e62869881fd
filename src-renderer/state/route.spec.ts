import { describe, expect, it } from 'vitest';
import { portfolioPath, rejectsPath, routeOf, tickerPath, titleOf } from './route.ts';

describe('routeOf', () => {
  it('knows every screen', () => {
    const paths = [
      '/',
      '/portfolios',
      '/tickers',
      '/invoices',
      '/activity',
      '/analytics',
      '/system',
      '/settings',
    ];
    expect(paths.map((path) => routeOf(path).screen)).toEqual([
      'overview',
      'portfolios',
      'tickers',
      'invoices',
      'activity',
      'analytics',
      'system',
      'settings',
    ]);
  });

  it('takes the name of the first screen for its address, as people type it', () => {
    expect(routeOf('/overview')).toEqual({ screen: 'overview' });
  });

  it('reads the slug of a portfolio and ignores a trailing slash', () => {
    expect(routeOf(portfolioPath('growth-one'))).toEqual({ screen: 'portfolio', slug: 'growth-one' });
    expect(routeOf('/portfolios/')).toEqual({ screen: 'portfolios' });
  });

  it.each(['AAPL', 'BRK.B', '^GSPC', 'SAP@XETR', 'EUR=X'])('reads the symbol of %s', (symbol) => {
    expect(routeOf(tickerPath(symbol))).toEqual({ screen: 'ticker', symbol });
    expect(titleOf(routeOf(tickerPath(symbol)))).toBe(`${symbol} · PulseDesk`);
  });

  it('takes a symbol as people write it, and nothing that is none', () => {
    expect(routeOf('/tickers/aapl')).toEqual({ screen: 'ticker', symbol: 'AAPL' });
    for (const path of ['/tickers/<script>', '/tickers/%zz', '/tickers/A/B']) {
      expect(routeOf(path)).toEqual({ screen: 'missing', path });
    }
  });

  it('opens the rejects bench, and a reject on it by its number', () => {
    expect(routeOf(rejectsPath(null))).toEqual({ screen: 'rejects', id: null });
    expect(routeOf(rejectsPath(12))).toEqual({ screen: 'rejects', id: 12 });
    expect(titleOf(routeOf(rejectsPath(12)))).toBe('Reject 12 · PulseDesk');
    for (const path of ['/analytics/rejects/0', '/analytics/rejects/x', '/analytics/rejects/1/2']) {
      expect(routeOf(path)).toEqual({ screen: 'missing', path });
    }
  });

  it('says which address has no screen', () => {
    expect(routeOf('/portfolios/Not A Slug')).toEqual({ screen: 'missing', path: '/portfolios/Not A Slug' });
    expect(titleOf(routeOf('/nowhere'))).toBe('Not found · PulseDesk');
  });

  it('names the window after the portfolio', () => {
    expect(titleOf({ screen: 'portfolio', slug: 'growth-one' })).toBe('growth-one · PulseDesk');
  });
});
