import { describe, expect, it } from 'vitest';
import { readableUrl } from './readable-url.ts';

describe('readableUrl', () => {
  it.each(['/', '/tickers/%5EGSPC', '/a?q=%zz', '/naïve'])('leaves %s as it is', (url) => {
    expect(readableUrl(url)).toBe(url);
  });

  it.each([
    ['/tickers/%E0%A4%A', '/tickers/%25E0%25A4%25A'],
    ['/%zz?q=%zz', '/%25zz?q=%zz'],
    ['/100%', '/100%25'],
    ['/%ff', '/%25ff'],
    ['/portfolios/%00?q=%00', '/portfolios/%2500?q=%00'],
  ])('takes the percent signs of %s literally', (url, readable) => {
    expect(readableUrl(url)).toBe(readable);
  });
});
