import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerPage } from './page-protocol.ts';

let folder = '';
const get = (path: string, method = 'GET', origin = 'app://pulsedesk') =>
  answerPage(
    { pages: join(folder, 'renderer'), exports: join(folder, 'exports') },
    { method, url: `${origin}${path}` },
  );

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsedesk-pages-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  mkdirSync(join(folder, 'exports'));
  writeFileSync(join(folder, 'exports', 'abc-00000001.csv'), 'record,number');
  writeFileSync(join(folder, 'exports', 'abc-00000002.csv.part'), 'half');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'renderer', 'assets', 'a.js'), 'export {}');
  writeFileSync(join(folder, 'renderer', 'assets', 'a.woff2'), 'font');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('answerPage', () => {
  it.each([
    ['/assets/a.js', 'text/javascript; charset=utf-8', 'export {}'],
    ['/assets/a.woff2', 'font/woff2', 'font'],
    ['/portfolios/growth-one', 'text/html; charset=utf-8', '<!doctype html>'],
  ])('answers %s as %s', async (path, type, body) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(await answer.text()).toBe(body);
  });

  it('lets a page run nothing but its own scripts', async () => {
    const { headers } = await get('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('reads nothing outside its folder', async () => {
    for (const path of ['/..%2fsecret.txt', '/assets/..%2f..%2fsecret.txt', '/..%5csecret.txt']) {
      const answer = await get(path);
      expect(answer.status).toBe(403);
      expect(await answer.text()).toBe('');
    }
    expect((await get('/%2e%2e/secret.txt')).status).toBe(404);
  });

  it('hands out the files of jobs, to be saved', async () => {
    const answer = await get('/api/jobs/abc-00000001/file');
    expect([answer.status, await answer.text()]).toEqual([200, 'record,number']);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="invoices.csv"');
    expect(answer.headers.get('content-length')).toBe('13');
  });

  it.each([
    '/api/jobs/abc-00000002/file',
    '/api/jobs/abc-00000003/file',
    '/api/jobs/..%2fsecret/file',
    '/api/jobs',
  ])('has no file at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('answers HEAD without a body', async () => {
    const answer = await get('/assets/a.js', 'HEAD');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
  });

  it('refuses missing files, folders, other hosts and other methods', async () => {
    expect((await get('/assets/b.js')).status).toBe(404);
    expect((await get('/a.b/')).status).toBe(404);
    expect((await get('/', 'GET', 'app://elsewhere')).status).toBe(404);
    expect((await get('/', 'POST')).status).toBe(405);
  });
});
