import { describe, expect, it } from 'vitest';
import { localAddress, loginPage } from './login-page.ts';

describe('loginPage', () => {
  it('carries the way on and says why the last attempt failed, as text', () => {
    const page = loginPage({ next: '/a?b="<x>&', failure: 'No <b> such' });
    expect(page).toContain('value="/a?b=&quot;&lt;x&gt;&amp;"');
    expect(page).toContain('role="alert">No &lt;b&gt; such<');
    expect(page).toContain('aria-describedby="failure"');
  });

  it('has a label for its field, and no script', () => {
    const page = loginPage({ next: '/', failure: null });
    expect(page).toMatch(/<label for="token">.*\n<input id="token"/);
    expect(page).not.toMatch(/script|http:|role="alert"/);
  });
});

describe('localAddress', () => {
  it.each([
    ['/portfolios/a?x=1', '/portfolios/a?x=1'],
    [undefined, '/'],
    ['', '/'],
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example/', '/'],
    ['/\t/evil.example', '/'],
    ['javascript:alert(1)', '/'],
  ])('of %j is %s', (next, address) => expect(localAddress(next)).toBe(address));
});
