import { describe, expect, it } from 'vitest';
import type { IntakeAnswer } from '../../../src-contract/intake.ts';
import { FakeEngineHost } from '../fake-engine-host.ts';
import { testServer, type TestServerOptions } from '../test-server.ts';

const json = { 'content-type': 'application/json' };

async function setUp(options: TestServerOptions & { answer?: IntakeAnswer } = {}) {
  const engine = new FakeEngineHost();
  const { answer, ...rest } = options;
  if (answer !== undefined) engine.takes = () => answer;
  const app = await testServer({ engine, ...rest });
  const post = (payload: string | Buffer, headers: Record<string, string> = json, url = '/api/events') =>
    app.inject({ method: 'POST', url, headers, payload });
  return { app, engine, post };
}

const refusal = (more: Partial<IntakeAnswer & { ok: false }>): IntakeAnswer => ({
  ...{ ok: false, code: 'invalid_event', message: 'words' },
  ...more,
});

describe('intake over HTTP', () => {
  it.each([
    ['/api/activity', 'activity.recorded'],
    ['/api/events', 'analytics.event'],
  ])('hands the bytes of a body at %s over as they are', async (url, family) => {
    const { engine, post } = await setUp();
    const body = '  [{"type": "naïve",\n"user":"é"}] not even JSON';
    const answer = await post(body, json, url);
    expect([answer.statusCode, answer.json()]).toEqual([202, { accepted: 1, rejected: [] }]);
    expect(engine.taken.map(({ body: bytes, ...rest }) => [Buffer.from(bytes).toString(), rest])).toEqual([
      [body, { family, via: 'http' }],
    ]);
  });

  it('answers when the engine does, and not before', async () => {
    const { engine, post } = await setUp();
    const committed = Promise.withResolvers<IntakeAnswer>();
    const handedOver = Promise.withResolvers<undefined>();
    engine.takes = () => {
      handedOver.resolve(undefined);
      return committed.promise;
    };
    let isAnswered = false;
    const answered = post('{}').then((answer) => {
      isAnswered = true;
      return answer;
    });
    await handedOver.promise;
    await new Promise(setImmediate);
    expect(isAnswered).toBe(false);
    committed.resolve({ ok: true, accepted: 3, repeated: 2, rejected: [{ index: 1, reason: 'why' }] });
    expect((await answered).json()).toEqual({
      accepted: 3,
      repeated: 2,
      rejected: [{ index: 1, reason: 'why' }],
    });
  });

  it.each<[string, IntakeAnswer, number, object]>([
    ['an invalid event', refusal({ details: { field: '/type' } }), 400, { field: '/type' }],
    ['no JSON', refusal({ code: 'invalid_json', details: { position: 7 } }), 400, { position: 7 }],
    ['an empty array', refusal({ code: 'invalid_argument' }), 400, {}],
    ['too many events', refusal({ code: 'too_large' }), 413, {}],
    ['no room', refusal({ code: 'busy', retryAfterMs: 1 }), 429, {}],
    ['no engine', refusal({ code: 'unavailable' }), 503, {}],
  ])('answers %s as a problem with its own code', async (_what, answer, status, details) => {
    const { post } = await setUp({ answer });
    const given = await post('{}');
    expect(given.headers['content-type']).toContain('application/problem+json');
    const { code } = answer as IntakeAnswer & { ok: false };
    expect(given.json()).toMatchObject({ status, code, detail: 'words', ...details });
  });

  it.each([
    [undefined, '1'],
    [1, '1'],
    [1000, '1'],
    [1001, '2'],
  ])('asks one who is to come back in %s ms to wait whole seconds: %s', async (retryAfterMs, seconds) => {
    const { post } = await setUp({
      answer: refusal({ code: 'busy', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }),
    });
    expect((await post('{}')).headers['retry-after']).toBe(seconds);
  });

  it.each([
    ['JSON', json],
    ['JSON with a charset', { 'content-type': 'Application/JSON; charset=utf-8' }],
    ['nothing', {}],
    ['what fetch states of a text', { 'content-type': 'text/plain;charset=UTF-8' }],
    ['what curl states of a text', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('takes a body that is said to be %s', async (_what, headers) => {
    const { post } = await setUp();
    expect((await post(Buffer.from('{}'), headers as Record<string, string>)).statusCode).toBe(202);
  });

  it.each([
    [{ 'content-type': 'text/csv' }, 'not "text/csv"'],
    [{ 'content-type': 'nonsense' }, 'not "nonsense"'],
    [{ ...json, 'content-encoding': 'gzip' }, 'not compressed as "gzip"'],
  ])('refuses a body with %j', async (headers, words) => {
    const { engine, post } = await setUp();
    const answer = await post('{}', headers);
    expect(answer.json()).toMatchObject({ status: 415, code: 'unsupported_media_type' });
    expect(answer.json<{ detail: string }>().detail).toContain(words);
    expect(engine.taken).toEqual([]);
  });

  it('says that a body is missing, and knows no options', async () => {
    const { app, post } = await setUp();
    const words = 'the body is missing: one event as JSON, or an array of them';
    for (const answer of [await post(''), await app.inject({ method: 'POST', url: '/api/events' })]) {
      expect(answer.json()).toMatchObject({ status: 400, code: 'invalid_argument', detail: words });
    }
    expect((await post('{}', json, '/api/events?env=prod')).json()).toMatchObject({ status: 400 });
    expect((await app.inject('/api/events')).statusCode).toBe(405);
  });

  it('takes 8 MiB, and refuses a byte more', async () => {
    const { post } = await setUp();
    expect((await post(Buffer.alloc(8 * 2 ** 20, ' '))).statusCode).toBe(202);
    const answer = await post(Buffer.alloc(8 * 2 ** 20 + 1, ' '));
    expect(answer.json()).toMatchObject({ status: 413, code: 'too_large' });
    expect(answer.json<{ detail: string }>().detail).toContain('8,388,608 bytes');
  });

  it('refuses what would be more than it may hold unanswered, and takes it when others are answered', async () => {
    const { engine, post } = await setUp({ limits: { intakeHeldBytes: 100 } });
    const committed = Promise.withResolvers<IntakeAnswer>();
    const handedOver = Promise.withResolvers<undefined>();
    engine.takes = () => {
      handedOver.resolve(undefined);
      return committed.promise;
    };
    const first = post('x'.repeat(60));
    await handedOver.promise;
    const second = await post('x'.repeat(60));
    expect([second.statusCode, second.headers['retry-after']]).toEqual([429, '1']);
    expect(second.json()).toMatchObject({ code: 'busy' });
    committed.resolve({ ok: true, accepted: 1, repeated: 0, rejected: [] });
    expect((await first).statusCode).toBe(202);
    expect((await post('x'.repeat(60))).statusCode).toBe(202);
    expect(engine.taken).toHaveLength(2);
  });

  it('takes nothing from a reader, nor from the pages of other sites', async () => {
    const { engine, post } = await setUp({ listen: { token: 'sesame', readToken: 'peek' } });
    expect((await post('{}', json)).statusCode).toBe(401);
    const reader = { ...json, authorization: 'Bearer peek' };
    expect((await post('{}', reader)).json()).toMatchObject({ status: 403, code: 'forbidden' });
    const elsewhere = { ...json, authorization: 'Bearer sesame', origin: 'https://elsewhere.example' };
    expect((await post('{}', elsewhere)).json()).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await post('{}', { ...json, authorization: 'Bearer sesame' })).statusCode).toBe(202);
    expect(engine.taken).toHaveLength(1);
  });

  it('counts requests by what they were answered', async () => {
    const { app, engine, post } = await setUp();
    await post('{}');
    await post('{}');
    engine.takes = () => refusal({ code: 'busy' });
    await post('{}', json, '/api/activity');
    const { body } = await app.inject('/metrics');
    const name = 'pulsedesk_intake_requests_total';
    expect(body).toContain(`${name}{via="http",family="analytics.event",answer="202"} 2`);
    expect(body).toContain(`${name}{via="http",family="activity.recorded",answer="429"} 1`);
  });
});

it('documents the addresses that take events with schemas, limits, answers and examples', async () => {
  const { app } = await setUp();
  const { paths } = (await app.inject('/openapi.json')).json<{
    paths: Record<string, { post: { requestBody: object; responses: Record<string, object> } }>;
  }>();
  const { requestBody, responses } = paths['/api/events']!.post;
  expect(requestBody).toMatchObject({
    content: {
      'application/json': {
        schema: {
          anyOf: [
            { required: ['type'], properties: { type: { maxLength: 128 } } },
            { type: 'array', maxItems: 10_000 },
          ],
        },
      },
    },
  });
  expect(JSON.stringify(requestBody)).toContain('"page":"/products"');
  expect(Object.keys(responses).sort()).toEqual(['202', '400', '413', '429', '4XX', '5XX']);
  expect(responses['429']).toMatchObject({ headers: { 'retry-after': { schema: { type: 'integer' } } } });
  expect(paths['/api/activity']!.post.requestBody).toMatchObject({
    content: { 'application/json': { schema: { anyOf: [{ required: ['user', 'type'] }, {}] } } },
  });
});
