import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtRenderer } from './renderer-files.ts';
import { testServer } from './test-server.ts';

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsedesk-renderer-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<title>the page</title>');
  writeFileSync(join(folder, 'first-paint.js'), 'export {};');
  writeFileSync(join(folder, '.secret'), 'hidden');
  writeFileSync(join(folder, 'assets', 'main-abc123.js'), 'export {};');
});
afterAll(() => rmSync(folder, { recursive: true }));

const get = async (url: string, headers: Record<string, string> = {}) =>
  (await testServer({ rendererFolder: folder })).inject({ url, headers });

describe('the files of the page', () => {
  it.each([
    ['/assets/main-abc123.js', 'public, max-age=31536000, immutable', 'application/javascript'],
    ['/first-paint.js', 'no-cache', 'application/javascript'],
    ['/', 'no-cache', 'text/html'],
    ['/index.html', 'no-cache', 'text/html'],
    ['/portfolios/ann', 'no-cache', 'text/html'],
  ])('%s comes with caching "%s"', async (url, caching, type) => {
    const answer = await get(url);
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, caching]);
    expect(answer.headers['content-type']).toContain(type);
    expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it('are the page for its own addresses, also where a part has a dot or cannot be decoded', async () => {
    for (const url of [
      '/portfolios/ann?tab=history',
      '/tickers/BRK.B',
      '/tickers/.DJI',
      '/tickers/%E0%A4%A',
      '/portfolios/%00',
    ]) {
      const answer = await get(url, html);
      expect([answer.statusCode, answer.body]).toEqual([200, '<title>the page</title>']);
    }
  });

  it.each([
    '/assets/old-999.js',
    '/missing.png',
    '/.secret',
    '/tickers/.secret',
    '/tickers/..%2f.secret',
    '/api/nothing',
    '/health',
    '/..%2f..%2fetc%2fpasswd',
  ])('are not the page for %s', async (url) => {
    const answer = await get(url);
    expect(answer.body).not.toContain('the page');
    expect([400, 403, 404]).toContain(answer.statusCode);
  });

  it('never stand in for a missing program address, whoever asks', async () => {
    expect((await get('/api/nothing', html)).statusCode).toBe(404);
  });

  it('are for GET only', async () => {
    const app = await testServer({ rendererFolder: folder });
    expect((await app.inject({ method: 'POST', url: '/portfolios/ann' })).statusCode).toBe(404);
  });

  it('may be missing: then the addresses are unknown', async () => {
    expect((await (await testServer()).inject('/')).statusCode).toBe(404);
  });
});

describe('builtRenderer', () => {
  it('is found from the sources and from the build', () => {
    expect(fileURLToPath(builtRenderer('file:///app/src-main/server/x.ts'))).toBe('/app/out/renderer/');
    expect(fileURLToPath(builtRenderer('file:///app/out/main/x.js'))).toBe('/app/out/renderer/');
  });
});
