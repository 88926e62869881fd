import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepLinkIn, deepLinkPath } from './deep-link.ts';

const slug = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,63}$/);
const PATHS =
  /^\/(portfolios(\/[a-z0-9][a-z0-9_-]{0,63})?|tickers(\/[A-Z0-9.^=%-]{1,50})?|system|settings)?$/;

describe('deepLinkPath', () => {
  it('leads to the page of any portfolio by its slug', () => {
    fc.assert(
      fc.property(slug, (name) => {
        expect(deepLinkPath(`pulsedesk://portfolio/${name}`)).toBe(`/portfolios/${name}`);
      }),
    );
  });

  it.each([
    ['pulsedesk://', '/'],
    ['pulsedesk://overview', '/'],
    ['PulseDesk://system/', '/system'],
    ['pulsedesk://portfolios', '/portfolios'],
    ['pulsedesk://settings', '/settings'],
    ['pulsedesk://tickers', '/tickers'],
    ['pulsedesk://ticker/AAPL', '/tickers/AAPL'],
    ['pulsedesk://ticker/brk.b/', '/tickers/BRK.B'],
    ['pulsedesk://ticker/SAP@XETR', '/tickers/SAP%40XETR'],
    ['pulsedesk://portfolio/growth-one/', '/portfolios/growth-one'],
  ])('reads %s as %s', (link, path) => {
    expect(deepLinkPath(link)).toBe(path);
  });

  it.each([
    'https://portfolio/growth-one',
    'pulsedesk:portfolio/growth-one',
    'pulsedesk://portfolio/',
    'pulsedesk://portfolio/../settings',
    'pulsedesk://portfolio/%2e%2e',
    'pulsedesk://portfolio/a/b',
    'pulsedesk://portfolio/a?x=1',
    'pulsedesk://portfolio/a#x',
    'pulsedesk://portfolio/a\n',
    "pulsedesk://portfolio/a');alert(1);('",
    'pulsedesk://ticker/',
    'pulsedesk://ticker/..',
    'pulsedesk://ticker/ AAPL',
    'pulsedesk://ticker/AAPL/x',
    'pulsedesk://ticker/%3Cscript%3E',
    'pulsedesk://user@settings',
    'pulsedesk://settings//',
    `pulsedesk://portfolio/${'a'.repeat(65)}`,
  ])('refuses %j', (link) => {
    expect(deepLinkPath(link)).toBeNull();
  });

  it('answers null or a path that a screen has, whatever it is given', () => {
    const tail = fc.oneof(
      fc.string(),
      fc.webUrl(),
      slug,
      fc.constantFrom('portfolio/', 'ticker/', 'settings/..', '//'),
    );
    fc.assert(
      fc.property(tail, fc.string(), (first, second) => {
        const path = deepLinkPath(`pulsedesk://${first}${second}`);
        if (path !== null) expect(path).toMatch(PATHS);
      }),
    );
  });
});

describe('deepLinkIn', () => {
  it('finds the link among other arguments', () => {
    expect(deepLinkIn(['pulsedesk', '--flag', 'PULSEDESK://settings', 'x'])).toBe('PULSEDESK://settings');
  });

  it('finds nothing where there is none', () => {
    expect(deepLinkIn(['pulsedesk', '--data', '/home/pulsedesk'])).toBeUndefined();
  });
});
