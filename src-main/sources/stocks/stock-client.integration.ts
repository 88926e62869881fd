import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock.ts';
import { RateLimitedError } from './rate-limited-error.ts';
import { StockApiError } from './stock-api-error.ts';
import { MAX_ANSWER_BYTES, stockClient, type StockClientOptions } from './stock-client.ts';
import type { StockHttp } from './stock-http.ts';
import { sends, startScriptedApi, type Answer, type ScriptedApi } from './testing/scripted-api.ts';

const clients: StockHttp[] = [];
const apis: ScriptedApi[] = [];
const never = new AbortController().signal;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsedesk-stocks-'));
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await Promise.all(apis.splice(0).map((api) => api.stop()));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function serve(answer: Answer, tls?: { key: string; cert: string }): Promise<ScriptedApi> {
  const api = await startScriptedApi(answer, tls);
  apis.push(api);
  return api;
}

function clientOf(
  url: string,
  changed: Partial<StockClientOptions['api']> = {},
  timeoutMs = 4000,
): StockHttp {
  const api = { url, keyHeader: 'X-Api-Key', key: '', tlsCa: '', ...changed };
  const client = stockClient({ api, clock: systemClock, timeoutMs });
  clients.push(client);
  return client;
}

/** What asking this API for AAPL fails with. */
async function failureOf(client: StockHttp): Promise<Error> {
  try {
    await client.fetch(['AAPL'], never);
  } catch (error) {
    return error as Error;
  }
  throw new Error('the call did not fail');
}

/** A self-signed certificate of 127.0.0.1. */
function certificate(): { key: string; cert: string; path: string } {
  const [key, path] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const how = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', ...how, '-keyout', key, '-out', path, ...subject], { stdio: 'ignore' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(path, 'utf8'), path };
}

describe('the stock client', () => {
  it('asks for the symbols by name, sends the key in its header, and parses the answer', async () => {
    const api = await serve(sends([{ symbol: 'AAPL' }]));
    const client = clientOf(`${api.url}?market=us`, { keyHeader: 'X-Token', key: 's3cret' });
    expect(await client.fetch(['AAPL', 'BRK.B', '^GSPC'], never)).toEqual([{ symbol: 'AAPL' }]);
    expect(api.requests[0]?.url).toBe('/api/stock-prices?market=us&symbols=AAPL,BRK.B,%5EGSPC');
    expect(api.requests[0]?.headers).toMatchObject({ 'x-token': 's3cret', accept: 'application/json' });
  });

  it('uses one connection for call after call, failed ones included', async () => {
    const api = await serve(sends([]));
    const client = clientOf(api.url);
    for (const status of [200, 500, 429, 200, 302]) {
      api.answer = sends([], status);
      await client.fetch(['AAPL'], never).catch((error: unknown) => expect(error).toBeInstanceOf(Error));
    }
    expect([api.requests.length, api.connections]).toEqual([5, 1]);
  });

  it('trusts a server by the CA certificate it is given, and no other', async () => {
    const tls = certificate();
    const api = await serve(sends([]), tls);
    expect(await clientOf(api.url, { tlsCa: tls.path }).fetch(['AAPL'], never)).toEqual([]);
    const refused = await failureOf(clientOf(api.url));
    expect(refused).toBeInstanceOf(StockApiError);
    expect(refused.message).toMatch(/^TLS failed: .*certificate.* from 127\.0\.0\.1:\d+$/);
    expect(() => clientOf(api.url, { tlsCa: join(folder, 'none.pem') })).toThrow(
      'the CA certificate cannot be read',
    );
  });

  it('ends a call with the reason of the signal, and sends none when that is aborted already', async () => {
    const api = await serve(() => undefined);
    const stop = new AbortController();
    const reason = new Error('stopped');
    const call = clientOf(api.url).fetch(['AAPL'], stop.signal);
    api.answer = () => stop.abort(reason);
    await expect(call).rejects.toBe(reason);
    await expect(clientOf(api.url).fetch(['AAPL'], stop.signal)).rejects.toBe(reason);
    expect(api.requests).toHaveLength(1);
  });
});

describe('what the stock client says of an API that fails', () => {
  it.each<[string, Answer, string]>([
    ['a status', sends('broken', 503), 'HTTP 503 from HOST'],
    [
      'a redirect',
      sends('', 302, { location: 'http://127.0.0.1:1/' }),
      'HTTP 302 from HOST, a redirect, which is not followed',
    ],
    ['a page', sends('<html>'), 'the answer of HOST is not JSON at byte 0 of 6'],
    ['an answer cut short', sends('[{"symbol":'), 'the answer of HOST is not JSON at byte 11 of 11'],
    ['nothing', sends(''), 'the answer of HOST is not JSON at byte 0 of 0'],
    [
      'an answer nested too deep to be written down again',
      sends(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
      'the answer of HOST is nested deeper than 64 levels',
    ],
    [
      'an answer that is too long',
      sends(`"${'x'.repeat(MAX_ANSWER_BYTES)}"`),
      `the answer of HOST is longer than ${MAX_ANSWER_BYTES} bytes`,
    ],
    ['a connection that is closed', (response) => response.destroy(), 'connection lost from HOST'],
  ])('names %s', async (_, answer, message) => {
    const api = await serve(answer);
    const failure = await failureOf(clientOf(api.url, { key: 's3cret' }));
    expect(failure).toBeInstanceOf(StockApiError);
    expect(failure.message).toBe(message.replace('HOST', api.host));
  });

  it.each<[string, Answer]>([
    ['says nothing', () => undefined],
    ['does not end its body', (response) => response.writeHead(200).write('[')],
    [
      'sends a byte now and then',
      (response) => {
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('gives up on one that %s', async (_, answer) => {
    const api = await serve(answer);
    const failure = await failureOf(clientOf(api.url, {}, 300));
    expect(failure).toBeInstanceOf(StockApiError);
    expect(failure.message).toBe(`no answer within 0.3 s from ${api.host}`);
  });

  it('names a refused connection', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const failure = await failureOf(clientOf(`http://127.0.0.1:${port}/`));
    expect(failure.message).toBe(`connection refused from 127.0.0.1:${port}`);
  });

  it('tells an answer 429 apart, with the time it asks to wait', async () => {
    const api = await serve(sends('', 429, { 'retry-after': '7' }));
    const client = clientOf(api.url);
    expect(await failureOf(client)).toEqual(new RateLimitedError(api.host, 7000));
    api.answer = sends('', 429);
    const silent = await failureOf(client);
    expect(silent).toBeInstanceOf(RateLimitedError);
    expect(silent).toMatchObject({ retryAfterMs: null, message: `HTTP 429 from ${api.host}` });
  });
});
