import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import type { ListenOptions } from '../../options/host-options.ts';
import { FakeEngineHost } from '../fake-engine-host.ts';
import { testServer } from '../test-server.ts';
import { SESSION_MS } from './session.ts';

const beyond = { host: '0.0.0.0', token: 'sesame', readToken: 'peek' };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const html = { accept: 'text/html,*/*' };

function answering(): FakeEngineHost {
  return new FakeEngineHost({
    'environment.set': ({ name }) => ({ env: name }),
    'portfolios.list': () => ({ items: [], next_cursor: null }),
  });
}

async function statuses(listen: Partial<ListenOptions>, headers: Record<string, string>): Promise<number[]> {
  const app = await testServer({ engine: answering(), listen });
  const get = await app.inject({ url: '/api/portfolios', headers });
  const put = await app.inject({
    method: 'PUT',
    url: '/api/environment',
    headers,
    payload: { name: 'prod' },
  });
  const live = await app.inject({ url: '/health/live', headers });
  return [get.statusCode, put.statusCode, live.statusCode];
}

describe('access', () => {
  it.each([
    ['a loopback name', {}, {}, [200, 200, 200]],
    ['a foreign host', {}, { host: 'evil.example' }, [403, 403, 403]],
    ['an allowed host', { allowedHosts: ['desk.example'] }, { host: 'desk.example' }, [200, 200, 200]],
    ['its own page', {}, { host: 'localhost:4000', origin: 'http://localhost:4000' }, [200, 200, 200]],
    ["another site's page", {}, { origin: 'https://evil.example' }, [200, 403, 200]],
    [
      "another local server's page",
      {},
      { host: 'localhost:4000', origin: 'http://localhost:3000' },
      [200, 403, 200],
    ],
    ['a page without an origin', {}, { origin: 'null' }, [200, 403, 200]],
    ['another site that hides its origin', {}, { 'sec-fetch-site': 'cross-site' }, [200, 403, 200]],
    ['nobody, beyond loopback', beyond, {}, [401, 401, 200]],
    ['a wrong token', beyond, bearer('guess'), [401, 401, 200]],
    ['the operator', beyond, bearer('sesame'), [200, 200, 200]],
    ['a reader', beyond, bearer('peek'), [200, 403, 200]],
    [
      'the operator under a foreign host',
      beyond,
      { ...bearer('sesame'), host: 'evil.example' },
      [403, 403, 403],
    ],
    [
      "the operator on another site's page",
      beyond,
      { ...bearer('sesame'), origin: 'https://e.example' },
      [200, 403, 200],
    ],
    ['nobody, on loopback with a token', { token: 'sesame' }, {}, [401, 401, 200]],
    ['a forged cookie', beyond, { cookie: 'pulsedesk_session=operator.9999999999999.x' }, [401, 401, 200]],
  ] as [string, Partial<ListenOptions>, Record<string, string>, number[]][])(
    'for %s answers reading, changing and liveness as it should',
    async (_who, listen, headers, expected) => {
      expect(await statuses(listen, headers)).toEqual(expected);
    },
  );

  it('answers every refusal as a problem with the security headers', async () => {
    const app = await testServer({ listen: beyond });
    for (const headers of [{ host: 'evil.example' }, {}]) {
      const answer = await app.inject({ url: '/api/nothing', headers });
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    }
    const { headers, ...answer } = await app.inject('/api/nothing');
    expect([answer.statusCode, headers['www-authenticate']]).toEqual([401, 'Bearer realm="PulseDesk"']);
  });

  it('limits the requests of a client beyond loopback, guesses included, and says when to come back', async () => {
    const app = await testServer({ listen: beyond, limits: { requestsPerSecond: 3 } });
    const answers = [];
    for (let count = 0; count < 4; count += 1)
      answers.push(await app.inject({ url: '/', headers: bearer('guess') }));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 429]);
    expect(answers[3]?.json()).toMatchObject({ code: 'too_many', status: 429 });
    expect(answers[3]?.headers['retry-after']).toBe('1');
    const other = await app.inject({ url: '/', headers: bearer('guess'), remoteAddress: '10.0.0.7' });
    expect(other.statusCode).toBe(401);
  });

  it('does not limit loopback', async () => {
    const app = await testServer({ limits: { requestsPerSecond: 1 } });
    for (let count = 0; count < 5; count += 1)
      expect((await app.inject('/health/live')).statusCode).toBe(200);
  });
});

describe('signing in', () => {
  const form = (token: string, next = '/portfolios/ann') => ({
    method: 'POST' as const,
    url: '/login',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'http://localhost:80',
      host: 'localhost:80',
    },
    payload: new URLSearchParams({ token, next }).toString(),
  });

  it('leads a browser to the page and back, with a cookie that no script can read', async () => {
    const engine = answering();
    const app = await testServer({ engine, listen: beyond });
    const sent = await app.inject({ url: '/portfolios/ann?tab=history', headers: html });
    expect([sent.statusCode, sent.headers.location]).toEqual([
      303,
      '/login?next=%2Fportfolios%2Fann%3Ftab%3Dhistory',
    ]);
    const page = await app.inject({ url: sent.headers.location!, headers: html });
    expect(page.body).toContain('value="/portfolios/ann?tab=history"');
    const signedIn = await app.inject(form('sesame'));
    expect([signedIn.statusCode, signedIn.headers.location]).toEqual([303, '/portfolios/ann']);
    const cookie = String(signedIn.headers['set-cookie']);
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain('sesame');
    const headers = { cookie: cookie.split(';')[0]! };
    const put = { method: 'PUT', url: '/api/environment', headers, payload: { name: 'prod' } } as const;
    expect((await app.inject(put)).statusCode).toBe(200);
    expect((await app.inject({ url: '/login', headers })).headers.location).toBe('/');
    expect(engine.audited).toEqual([['http 127.0.0.1', 'sign_in', 'operator', 'ok']]);
  });

  it('lets a reader in to read', async () => {
    const app = await testServer({ engine: answering(), listen: beyond });
    const cookie = String((await app.inject(form('peek'))).headers['set-cookie']).split(';')[0]!;
    expect((await app.inject({ url: '/api/portfolios', headers: { cookie } })).statusCode).toBe(200);
    const put = {
      method: 'PUT',
      url: '/api/environment',
      headers: { cookie },
      payload: { name: 'x' },
    } as const;
    expect((await app.inject(put)).json()).toMatchObject({ code: 'forbidden' });
  });

  it('says so when the token is wrong, and limits the attempts', async () => {
    const app = await testServer({ listen: beyond, limits: { signInsPerMinute: 1 } });
    const wrong = await app.inject(form('guess', 'https://evil.example'));
    expect(wrong.statusCode).toBe(401);
    expect(wrong.body).toContain('That token is not known here.');
    expect(wrong.body).toContain('name="next" value="/"');
    expect(wrong.headers['set-cookie']).toBeUndefined();
    expect((await app.inject(form('sesame'))).statusCode).toBe(429);
  });

  it('ends after thirty days, restarts of the app aside', async () => {
    const at = (time: number) =>
      testServer({ engine: answering(), listen: beyond, clock: new VirtualClock(time) });
    const signedIn = await (await at(0)).inject(form('sesame'));
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0]!;
    const status = async (time: number) =>
      (await (await at(time)).inject({ url: '/api/portfolios', headers: { cookie } })).statusCode;
    expect([await status(SESSION_MS - 1), await status(SESSION_MS)]).toEqual([200, 401]);
  });

  it('is refused to the page of another site', async () => {
    const app = await testServer({ listen: beyond });
    const request = form('sesame');
    const answer = await app.inject({
      ...request,
      headers: { ...request.headers, origin: 'https://evil.example' },
    });
    expect(answer.statusCode).toBe(403);
  });

  it('is not there where no token was configured', async () => {
    const app = await testServer();
    expect((await app.inject('/login')).statusCode).toBe(404);
  });
});
