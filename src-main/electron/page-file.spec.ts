import fc from 'fast-check';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageFile } from './page-file.ts';

const root = resolve('/srv/page');

describe('pageFile', () => {
  it('finds files below the root', () => {
    expect(pageFile(root, '/assets/index-1a2b.js')).toEqual({ file: join(root, 'assets', 'index-1a2b.js') });
    expect(pageFile(root, '/two%20words.svg')).toEqual({ file: join(root, 'two words.svg') });
  });

  it.each([
    '/',
    '/portfolios',
    '/portfolios/growth-one',
    '/settings/',
    '/tickers/BRK.B',
    '/tickers/.DJI',
    '/tickers/SAP%40XETR',
  ])('gives the page for screen %s', (path) => {
    expect(pageFile(root, path)).toEqual({ file: join(root, 'index.html') });
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%252e%252e/secret.txt',
    '/..%5csecret.txt',
    '/C:/secret.txt',
    '/index.html::$DATA',
    '/index.html%00.js',
    '/.env',
    '/tickers/../.env',
    '/tickers/..%2f.env',
  ])('refuses %s', (path) => {
    expect(pageFile(root, path)).toEqual({ status: 403 });
  });

  it.each(['/%ff.js', '/%', 'index.html', ''])('does not understand %j', (path) => {
    expect(pageFile(root, path)).toEqual({ status: 400 });
  });

  it('finds no file under an empty folder name', () => {
    expect(pageFile(root, '//etc/passwd.txt')).toEqual({ status: 404 });
  });

  it('never leaves the root, whatever the path', () => {
    const piece = fc.oneof(
      fc.constantFrom('..', '%2e%2e', '%2f', '%5c', '\\', '.', '//', 'a.js', 'C:', '%00', '%252e'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const found = pageFile(root, `/${pieces.join('/')}`);
        if ('file' in found) expect(relative(root, found.file)).not.toMatch(/^(\.\.|\/)|\0|\\/);
      }),
      { numRuns: 2000 },
    );
  });
});
