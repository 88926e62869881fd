import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { Api } from '../fixtures/api.ts';
import { rawRequest, upgradeFrom } from '../fixtures/raw-request.ts';
import { test } from '../fixtures/test.ts';
import { Desk } from '../pages/desk.ts';

const PROBLEM = /^application\/problem\+json/;

test('a foreign Host gets 403, whatever it asks for', async ({ app }) => {
  for (const path of ['/', '/api/portfolios', '/health/ready', '/ws']) {
    const { status, type } = await rawRequest(app.url + path, { headers: { host: 'evil.example' } });
    expect([path, status]).toEqual([path, 403]);
    expect(type).toMatch(PROBLEM);
  }
});

test('a cross-site Origin gets 403 on what changes state and on the WebSocket', async ({ app }) => {
  const json = { 'content-type': 'application/json' };
  const body = '{"name":"prod"}';
  const put = (headers: object) =>
    rawRequest(`${app.url}/api/environment`, { method: 'PUT', headers: { ...json, ...headers }, body });
  expect(await put({ origin: 'https://evil.example' })).toMatchObject({ status: 403 });
  expect(await put({ origin: 'null' })).toMatchObject({ status: 403 });
  for (const [origin, status] of [
    ['https://evil.example', 403],
    ['null', 403],
    [app.url, 101],
  ] as const) {
    expect((await rawRequest(`${app.url}/ws`, { headers: upgradeFrom(origin) })).status).toBe(status);
  }
  expect((await new Api(app).system()).env).toBe('demo');
  expect(await put({ origin: app.url })).toMatchObject({ status: 200, body: '{"env":"prod"}' });
});

test('malformed JSON is refused with its position, a wrong type with its field', async ({ app }) => {
  const api = new Api(app);
  const malformed = await api.send('PUT', '/api/environment', '{"name": "prod",}');
  expect(malformed.status).toBe(400);
  expect(malformed.headers.get('content-type')).toMatch(PROBLEM);
  expect(await malformed.json()).toMatchObject({ code: 'invalid_json', position: 16 });
  const wrong = await api.send('PUT', '/api/environment', '{"name": 7}');
  expect(wrong.status).toBe(400);
  expect(await wrong.json()).toMatchObject({ code: 'invalid_argument', field: '/name' });
  expect((await api.send('PUT', '/api/environment', '{"name":"NOT ONE"}')).status).toBe(400);
});

test(
  'a page of another site can neither read nor drive the app',
  { tag: '@headless' },
  async ({ app, context }) => {
    const site = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<p>evil'));
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    const tried = await page.evaluate(async (url) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`);
      const opened = new Promise<string>((resolve) => {
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      });
      const read = fetch(`${url}/api/portfolios`).then(
        () => 'read',
        () => 'refused',
      );
      const body = '{"name":"prod"}';
      const driven = fetch(`${url}/api/environment`, { method: 'PUT', body, mode: 'no-cors' }).then(
        () => 'sent',
        () => 'refused',
      );
      return [await opened, await read, await driven];
    }, app.url);
    site.close();
    expect(tried).toEqual(['refused', 'refused', 'refused']);
    expect((await new Api(app).system()).env).toBe('demo');
  },
);

test.describe('beyond loopback', { tag: '@headless' }, () => {
  const OPERATOR = 'operator-token-1';
  const READER = 'reader-token-2';
  test.use({
    args: ['--demo', '--seed', '7', '--host', '0.0.0.0', '--token', OPERATOR, '--read-token', READER],
    allowedComplaints: /401/,
  });

  /** Signs in on the page that asks for a token. */
  async function signIn(desk: Desk, token: string): Promise<void> {
    await desk.page.getByLabel('Access token').fill(token);
    await desk.page.getByRole('button', { name: 'Sign in' }).click();
  }

  test('a browser is asked for the token, once, and gets where it wanted', async ({ app, context }) => {
    const desk = new Desk(await app.page('/portfolios'));
    await expect(desk.page).toHaveTitle('Sign in · PulseDesk');
    await signIn(desk, 'wrong');
    await expect(desk.page.getByRole('alert')).toHaveText('That token is not known here.');
    await signIn(desk, OPERATOR);
    await expect(desk.shell.heading('Portfolios')).toBeVisible();
    await expect(desk.portfolios.panel).toHaveAttribute('data-state', 'live');
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(cookie?.value).not.toContain(OPERATOR);
    await desk.page.reload();
    await expect(desk.portfolios.panel).toHaveAttribute('data-state', 'live');
    await desk.shell.switchTo('prod');
    await expect(desk.shell.environment).toHaveText('prod');
  });

  test('the token that only reads is refused commands, in words', async ({ app }) => {
    const desk = new Desk(await app.page('/'));
    await signIn(desk, READER);
    await expect(desk.overview.figure('Portfolios')).toHaveText('40');
    await desk.shell.switchTo('prod');
    await expect(desk.page.getByRole('alert')).toContainText('this token only reads');
    await desk.page.keyboard.press('Escape');
    await expect(desk.shell.environment).toHaveText('demo');
  });

  test('a program needs the token in its header', async ({ app }) => {
    const get = async (headers: Record<string, string>): Promise<number> =>
      (await rawRequest(`${app.url}/api/community`, { headers })).status;
    expect(await get({})).toBe(401);
    expect(await get({ authorization: 'Bearer wrong' })).toBe(401);
    expect(await get({ authorization: `Bearer ${READER}` })).toBe(200);
    const put = (token: string) =>
      rawRequest(`${app.url}/api/environment`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: '{"name":"demo"}',
      });
    expect((await put(READER)).status).toBe(403);
    expect((await put(OPERATOR)).status).toBe(200);
    expect((await rawRequest(`${app.url}/health/live`, { headers: {} })).status).toBe(200);
  });
});
