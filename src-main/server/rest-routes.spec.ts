import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContractError } from '../../src-contract/result.ts';
import { FakeEngineHost } from './fake-engine-host.ts';
import { restChannels } from './rest-routes.ts';
import { testServer } from './test-server.ts';

const emptyPage = { items: [], next_cursor: null };
const json = { 'content-type': 'application/json' };

function seen(engine: FakeEngineHost, channel: string): unknown[] {
  return engine.connections
    .flatMap(({ sent }) => sent)
    .flatMap((message) => (message.t === 'call' && message.channel === channel ? [message.args] : []));
}

describe('REST', () => {
  it('has a route for every channel with an HTTP binding', async () => {
    const app = await testServer();
    expect(restChannels().length).toBeGreaterThan(8);
    for (const [, { http }] of restChannels()) {
      expect(app.hasRoute({ method: http.method, url: http.path }), http.path).toBe(true);
    }
  });

  it('takes arguments from path and query string, texts turned into numbers', async () => {
    const engine = new FakeEngineHost({ 'portfolio.timeline': () => emptyPage });
    const app = await testServer({ engine });
    const answer = await app.inject('/api/portfolios/ann%2Dlee/timeline?limit=20&env=prod');
    expect([answer.statusCode, answer.json()]).toEqual([200, emptyPage]);
    expect(answer.headers['content-type']).toContain('application/json');
    expect(seen(engine, 'portfolio.timeline')).toEqual([{ slug: 'ann-lee', limit: 20, env: 'prod' }]);
  });

  it('takes arguments from the body, and none when the path has them all', async () => {
    const engine = new FakeEngineHost({
      'environment.set': ({ name }) => ({ env: name }),
      'service.restart': () => ({ done: true }),
    });
    const app = await testServer({ engine });
    const put = await app.inject({ method: 'PUT', url: '/api/environment', payload: { name: 'prod' } });
    expect(put.json()).toEqual({ env: 'prod' });
    expect(seen(engine, 'environment.set')).toEqual([{ name: 'prod' }]);
    const post = await app.inject({ method: 'POST', url: '/api/services/portfolio%3Ademo%2Fann/restart' });
    expect(post.json()).toEqual({ done: true });
    expect(seen(engine, 'service.restart')).toEqual([{ id: 'portfolio:demo/ann' }]);
  });

  it.each([
    ['/api/portfolios?limit=0', '/limit', '"limit" must be an integer from 1 to 1000'],
    ['/api/portfolios?limit=ten', '/limit', '"limit" must be an integer from 1 to 1000'],
    ['/api/portfolios?limit=1.5', '/limit', '"limit" must be an integer from 1 to 1000'],
    ['/api/portfolios?limit=1&limit=2', '/limit', '"limit" is given twice; it is taken once'],
    [
      '/api/portfolios?env=Prod',
      '/env',
      '"env" must be text such as prod (Environment: 1 to 32 of a-z, 0-9 and -)',
    ],
    [
      '/api/community/history?from=yesterday',
      '/from',
      '"from" must be text such as 2026-11-21T09:30:00.000Z (ISO 8601 time)',
    ],
    [
      '/api/tickers/AAPL/candles?interval=1m&source=yahoo',
      '/source',
      '"source" must be one of "nats", "stocks", "demo"',
    ],
    ['/api/portfolios?limt=5', '/limt', 'the query string has no field "limt"; it takes "env", "limit", '],
    ['/api/portfolios/ann-lee?slug=bob', '/slug', 'the query string has no field "slug"; it takes '],
    ['/api/portfolios/No%20Slug', '/slug', '"slug" must be text such as growth-one (Slug: 1 to 64'],
  ])('refuses %s, naming the field and what it accepts', async (url, field, words) => {
    const app = await testServer();
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      status: 400,
      code: 'invalid_argument',
      field,
      title: 'Bad Request',
    });
    expect(answer.json<{ detail: string }>().detail).toContain(words);
  });

  it.each([
    ['{"name":1}', { code: 'invalid_argument', field: '/name' }],
    [
      '{}',
      {
        code: 'invalid_argument',
        field: '/name',
        detail: expect.stringContaining('"name" is missing') as string,
      },
    ],
    ['', { code: 'invalid_argument', field: '/name' }],
    ['[]', { code: 'invalid_argument', detail: 'the body must be a JSON object with "name"' }],
    ['"x"', { code: 'invalid_argument', detail: 'the body must be a JSON object with "name"' }],
    ['{"name":"prod"', { code: 'invalid_json', position: 14 }],
    [
      '{"name":prod}',
      { code: 'invalid_json', position: 8, detail: expect.stringContaining('byte 8') as string },
    ],
    ['{"naïve":}', { code: 'invalid_json', position: 10 }],
  ])('answers the body %s with 400 and where it is wrong', async (payload, problem) => {
    const app = await testServer();
    const answer = await app.inject({ method: 'PUT', url: '/api/environment', headers: json, payload });
    expect(answer.json()).toMatchObject({ status: 400, ...problem });
  });

  it.each([
    [
      'PUT',
      '/api/environment',
      { name: 'prod', nam: 1 },
      '/nam',
      'the body has no field "nam"; it takes "name"',
    ],
    [
      'PUT',
      '/api/mock-stock-api/faults',
      { error: 1 },
      '/error',
      'the body has no field "error"; it takes "error_rate", "timeout_rate"',
    ],
    [
      'POST',
      '/api/subscriptions',
      { symbol: 'A', lst: 'a' },
      '/lst',
      'the body has no field "lst"; it takes "symbol", "list"',
    ],
    ['POST', '/api/breaker/trip', { for_s: 60 }, '/for_s', 'the body has no field "for_s"; it takes none'],
    [
      'DELETE',
      '/api/subscriptions/AAPL?lst=a',
      undefined,
      '/lst',
      'the query string has no field "lst"; it takes "list"',
    ],
    [
      'POST',
      '/api/breaker/trip?env=prod',
      undefined,
      '/env',
      'the query string has no field "env"; it takes none',
    ],
  ] as const)(
    'refuses %s %s with a field that it does not know',
    async (method, url, payload, field, words) => {
      const app = await testServer();
      const answer = await app.inject({ method, url, ...(payload === undefined ? {} : { payload }) });
      expect(answer.json()).toMatchObject({ status: 400, code: 'invalid_argument', field });
      expect(answer.json<{ detail: string }>().detail).toContain(words);
    },
  );

  it('takes no field that it does not know on any route that writes', async () => {
    const app = await testServer();
    for (const [name, { http }] of restChannels()) {
      if (http.method === 'GET') continue;
      const url = `${http.path.replaceAll(/:\w+/g, 'a')}?odd=1`;
      const answer = await app.inject({ method: http.method, url });
      expect([name, answer.statusCode]).toEqual([name, 400]);
    }
  });

  it('reads what is to be removed from the address, whatever the body says', async () => {
    const engine = new FakeEngineHost({ 'subscription.remove': () => ({ done: true }) });
    const app = await testServer({ engine });
    await app.inject({ method: 'DELETE', url: '/api/subscriptions/AAPL?list=tech', payload: {} });
    expect(seen(engine, 'subscription.remove')).toEqual([{ symbol: 'AAPL', list: 'tech' }]);
  });

  it('names the byte at which a body stops being UTF-8', async () => {
    const app = await testServer();
    const payload = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    const answer = await app.inject({ method: 'PUT', url: '/api/environment', headers: json, payload });
    expect(answer.json()).toMatchObject({ status: 400, code: 'invalid_json', position: 9 });
  });

  it('passes failures of the engine on with their status', async () => {
    const fail = (code: 'not_found' | 'conflict' | 'too_many') => () => {
      throw new ContractError(code, 'no such portfolio', { field: '/slug' });
    };
    const engine = new FakeEngineHost({
      'portfolio.get': fail('not_found'),
      'portfolios.list': fail('too_many'),
    });
    const app = await testServer({ engine });
    const answer = await app.inject('/api/portfolios/ann');
    expect(answer.json()).toEqual({
      type: 'urn:pulsedesk:problem:not_found',
      title: 'Not Found',
      status: 404,
      detail: 'no such portfolio',
      code: 'not_found',
      field: '/slug',
    });
    expect((await app.inject('/api/portfolios')).headers['retry-after']).toBe('1');
  });

  it('gives as headers what the channel says are headers, and leaves it out of the body', async () => {
    const engine = new FakeEngineHost({
      'activity.summary': () => ({ env: 'dev', as_of: '', days: [], top_users: [], cache: 'MISS' }),
    });
    const app = await testServer({ engine });
    const answer = await app.inject('/api/metrics/summary');
    expect(answer.headers['x-cache']).toBe('MISS');
    expect(answer.json()).toEqual({ env: 'dev', as_of: '', days: [], top_users: [] });
    const { paths } = (await app.inject('/openapi.json')).json<{
      paths: Record<string, { get: { responses: Record<string, { headers: object }> } }>;
    }>();
    const documented = paths['/api/metrics/summary']?.get.responses['200'];
    expect(documented?.headers).toEqual({ 'x-cache': { schema: { enum: ['HIT', 'MISS'] } } });
    expect(JSON.stringify(documented)).not.toContain('"cache"');
  });

  it('says that the engine is away, and is back when the engine is', async () => {
    const engine = new FakeEngineHost();
    const app = await testServer({ engine });
    engine.goDown('the engine stopped');
    const answer = await app.inject('/api/system/status');
    expect(answer.json()).toMatchObject({ status: 503, code: 'unavailable', detail: 'the engine stopped' });
    engine.connections[0]!.deliver({ t: 'hello', epoch: '2', version: '0.0.0', env: 'demo' });
    expect((await app.inject('/api/system/status')).statusCode).toBe(200);
  });

  it('refuses what is too large, of another type, unknown, or asked by another method', async () => {
    const app = await testServer();
    const put = { method: 'PUT', url: '/api/environment' } as const;
    const large = await app.inject({ ...put, headers: json, payload: `"${'x'.repeat(50_000)}"` });
    expect(large.json()).toMatchObject({ status: 413, code: 'too_large' });
    expect(large.json<{ detail: string }>().detail).toContain('the 49,152 bytes that this address takes');
    const form = await app.inject({ ...put, headers: { 'content-type': 'text/plain' }, payload: '{}' });
    expect(form.json()).toMatchObject({ status: 415, code: 'unsupported_media_type' });
    expect((await app.inject('/api/nothing')).json()).toMatchObject({ status: 404, code: 'not_found' });
    const wrong = await app.inject({ method: 'DELETE', url: '/api/portfolios/ann?x=1' });
    expect([wrong.statusCode, wrong.headers.allow]).toEqual([405, 'GET, HEAD']);
    expect(wrong.json()).toMatchObject({ code: 'method_not_allowed' });
    expect((await app.inject('/api/%zz')).json()).toMatchObject({ status: 404, code: 'not_found' });
    const broken = await app.inject('/api/portfolios/%E0%A4%A');
    expect(broken.headers['content-type']).toContain('application/problem+json');
    expect(broken.json()).toMatchObject({ status: 400, code: 'invalid_argument', field: '/slug' });
  });

  it('answers any body and any query with JSON, and never with 500', async () => {
    const engine = new FakeEngineHost({
      'environment.set': ({ name }) => ({ env: name }),
      'portfolios.list': () => emptyPage,
    });
    const app = await testServer({ engine });
    const body = fc.oneof(fc.json(), fc.string(), fc.constantFrom('{"__proto__":{"name":"x"}}', '[[[['));
    const bytes = fc.oneof(
      body.map((text) => Buffer.from(text)),
      fc.uint8Array().map((raw) => Buffer.from(raw)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.webQueryParameters(), async (payload, search) => {
        const put = await app.inject({ method: 'PUT', url: '/api/environment', headers: json, payload });
        const get = await app.inject(`/api/portfolios?${search}`);
        for (const answer of [put, get]) {
          expect([200, 400]).toContain(answer.statusCode);
          expect(answer.json()).toBeTypeOf('object');
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('/openapi.json', () => {
  it('describes every route with the schemas that validate it', async () => {
    const app = await testServer();
    const document = (await app.inject('/openapi.json')).json<{
      openapi: string;
      info: { version: string };
      paths: Record<
        string,
        Record<string, { operationId: string; parameters?: unknown[]; responses: object }>
      >;
    }>();
    expect([document.openapi, document.info.version]).toEqual(['3.1.0', '1.2.3']);
    for (const [name, { http }] of restChannels()) {
      const operation = document.paths[http.path.replaceAll(/:(\w+)/g, '{$1}')]?.[http.method.toLowerCase()];
      expect(operation?.operationId, name).toBe(name);
      expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(['200', '4XX', '5XX']));
    }
    expect(document.paths['/api/portfolios']?.['get']?.parameters).toContainEqual(
      expect.objectContaining({
        name: 'limit',
        in: 'query',
        schema: expect.objectContaining({ maximum: 1000 }) as object,
      }),
    );
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/health/ready', '/metrics']));
  });
});
