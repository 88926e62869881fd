import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, type RawData } from 'ws';
import type { IntakeAnswer } from '../../../src-contract/intake.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { FakeEngineHost } from '../fake-engine-host.ts';
import { testServer, type TestServerOptions } from '../test-server.ts';

const accepted = (ref: unknown): IntakeAnswer => ({ ok: true, accepted: 1, repeated: 0, rejected: [], ref });
const refOf = (body: Uint8Array) => (JSON.parse(Buffer.from(body).toString()) as { ref: unknown }).ref;

/** For what hangs only: a busy machine is no failure. */
const PATIENCE = { timeout: 20_000 };

/** An engine whose answers a test gives one by one. */
function waitingEngine() {
  const engine = new FakeEngineHost();
  const waiting: { ref: unknown; answer(): void }[] = [];
  engine.takes = ({ body }) => {
    const { promise, resolve } = Promise.withResolvers<IntakeAnswer>();
    const ref = refOf(body);
    waiting.push({ ref, answer: () => resolve(accepted(ref)) });
    return promise;
  };
  return { engine, waiting };
}

async function setUp(options: TestServerOptions = {}) {
  const engine = options.engine ?? new FakeEngineHost();
  if (options.engine === undefined) engine.takes = ({ body }) => accepted(refOf(body));
  const app = await testServer({ ...options, engine });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const connect = (headers: Record<string, string> = {}) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/events`, { headers });
    socket.on('error', () => undefined);
    onTestFinished(() => socket.terminate());
    return socket;
  };
  const open = async (headers: Record<string, string> = {}) => {
    const socket = connect(headers);
    const answers: unknown[] = [];
    socket.on('message', (data: RawData) => answers.push(JSON.parse((data as Buffer).toString())));
    await once(socket, 'open');
    return { socket, answers };
  };
  const statusOf = async (headers: Record<string, string>): Promise<number> => {
    const [, response] = (await once(connect(headers), 'unexpected-response')) as [
      unknown,
      { statusCode: number; resume(): void },
    ];
    response.resume();
    return response.statusCode;
  };
  return { app, engine, open, connect, statusOf, port };
}

const frame = (ref: number) => JSON.stringify({ event: 'new_event', payload: { type: 'page_view' }, ref });

describe('WS /ws/events', () => {
  it('hands frames over as bytes and answers each with its ref when it is durable, in any order', async () => {
    const { engine, waiting } = waitingEngine();
    const { open } = await setUp({ engine });
    const { socket, answers } = await open();
    for (const ref of [1, 2, 3]) socket.send(frame(ref));
    await expect.poll(() => waiting.length, PATIENCE).toBe(3);
    expect(answers).toEqual([]);
    expect(engine.taken.map(({ body, ...rest }) => [Buffer.from(body).toString(), rest])).toEqual(
      [1, 2, 3].map((ref) => [frame(ref), { family: 'analytics.event', via: 'websocket' }]),
    );
    for (const each of waiting.reverse()) each.answer();
    await expect.poll(() => answers, PATIENCE).toEqual([3, 2, 1].map((ref) => ({ ref, ok: true })));
  });

  it.each<[string, IntakeAnswer, object]>([
    [
      'an event that is not valid',
      { ok: false, code: 'invalid_event', message: 'no type', ref: 7 },
      { ref: 7, ok: false, code: 'invalid_event', message: 'no type' },
    ],
    [
      'a frame that is not JSON',
      { ok: false, code: 'invalid_json', message: 'byte 0', details: { position: 0 } },
      { ref: null, ok: false, code: 'invalid_json', message: 'byte 0' },
    ],
    [
      'no room',
      { ok: false, code: 'busy', message: 'later', retryAfterMs: 250, ref: 'a' },
      { ref: 'a', ok: false, code: 'busy', message: 'later', retry_after_ms: 250 },
    ],
    [
      'an event that was known',
      { ok: true, accepted: 1, repeated: 1, rejected: [], ref: 9 },
      { ref: 9, ok: true, repeated: true },
    ],
  ])('answers %s', async (_what, answer, given) => {
    const { engine, open } = await setUp();
    engine.takes = () => answer;
    const { socket, answers } = await open();
    socket.send('{}');
    await expect.poll(() => answers, PATIENCE).toEqual([given]);
  });

  it.each<IntakeAnswer>([
    { ok: false, code: 'busy', message: 'later', retryAfterMs: 250 },
    { ok: false, code: 'unavailable', message: 'the engine is away' },
  ])('names the frame that was refused before the engine looked into it: %j', async (answer) => {
    const { engine, open } = await setUp();
    engine.takes = () => answer;
    const { socket, answers } = await open();
    socket.send(frame(7));
    await expect
      .poll(() => answers)
      .toMatchObject([{ ref: 7, ok: false, code: answer.ok ? '' : answer.code }]);
  });

  it('refuses frames that are binary or too long, and takes the next', async () => {
    const { open, engine } = await setUp();
    const { socket, answers } = await open();
    socket.send(Buffer.from(frame(1)));
    const long = frame(2).replace('page_view', 'x'.repeat(64 * 1024));
    socket.send(long);
    socket.send('x'.repeat(64 * 1024 + 1));
    socket.send(frame(3));
    await expect.poll(() => answers.length, PATIENCE).toBe(4);
    expect(answers).toEqual([
      { ref: null, ok: false, code: 'invalid_argument', message: 'frames are text, not binary' },
      {
        ...{ ref: 2, ok: false, code: 'too_large' },
        message: `a frame has at most 65,536 bytes, not ${long.length}`,
      },
      { ref: null, ok: false, code: 'too_large', message: 'a frame has at most 65,536 bytes, not 65537' },
      { ref: 3, ok: true },
    ]);
    expect(engine.taken).toHaveLength(1);
  });

  it('reads no further while too many frames are unanswered, and loses none', async () => {
    const { engine, waiting } = waitingEngine();
    const { open } = await setUp({ engine, limits: { eventSocketUnanswered: 10 } });
    const { socket, answers } = await open();
    const refs = Array.from({ length: 200 }, (_, ref) => ref);
    for (const ref of refs) socket.send(frame(ref));
    let most = 0;
    for (let given = 0; given < refs.length; given += 1) {
      await expect.poll(() => waiting.length, { ...PATIENCE, interval: 1 }).toBeGreaterThan(0);
      most = Math.max(most, waiting.length);
      waiting.shift()?.answer();
    }
    await expect.poll(() => answers.length, PATIENCE).toBe(refs.length);
    expect(most).toBe(10);
    expect(answers).toEqual(refs.map((ref) => ({ ref, ok: true })));
  });

  it('stops reading a sender that does not take its answers', async () => {
    const { open, engine } = await setUp({ limits: { eventSocketUnanswered: 4 } });
    const words = 'x'.repeat(1_000_000);
    engine.takes = () => ({ ok: false, code: 'invalid_event', message: words });
    const { socket, answers } = await open();
    socket.pause();
    for (let ref = 0; ref < 40; ref += 1) socket.send(frame(ref));
    await expect.poll(() => engine.taken.length, PATIENCE).toBeGreaterThan(3);
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect(engine.taken.length).toBeLessThan(40);
    socket.resume();
    await expect.poll(() => answers.length, PATIENCE).toBe(40);
  });

  it.each([
    ['a foreign host', {}, { host: 'evil.example' }, 403],
    ["another site's page", {}, { origin: 'https://evil.example' }, 403],
    ['nobody', { token: 'sesame', readToken: 'peek' }, {}, 401],
    ['a reader', { token: 'sesame', readToken: 'peek' }, { authorization: 'Bearer peek' }, 403],
  ])('refuses %s', async (_who, listen, headers, status) => {
    const { statusOf } = await setUp({ listen });
    expect(await statusOf(headers as Record<string, string>)).toBe(status);
  });

  it('takes its own page, and no more sockets than its limit', async () => {
    const { open, statusOf, app, port } = await setUp({ limits: { eventSockets: 1 } });
    const { socket } = await open({ origin: `http://127.0.0.1:${port}` });
    expect((await app.inject('/metrics')).body).toContain('pulsedesk_event_sockets 1');
    expect(await statusOf({})).toBe(503);
    socket.close();
    await expect
      .poll(async () => (await app.inject('/metrics')).body, PATIENCE)
      .toContain('pulsedesk_event_sockets 0');
    await open();
  });

  it('says good-bye when the host stops', async () => {
    const { app, open } = await setUp();
    const { socket } = await open();
    const closed = once(socket, 'close');
    await app.close();
    expect((await closed)[0]).toBe(1001);
  });

  it('drops a sender that gives no sign of life, but not one that it does not read', async () => {
    const clock = new VirtualClock();
    const { engine, waiting } = waitingEngine();
    const { open } = await setUp({
      engine,
      clock,
      limits: { pingMs: 1000, eventSocketUnanswered: 1 },
    });
    const unread = await open();
    unread.socket.send(frame(1));
    await expect.poll(() => waiting.length, PATIENCE).toBe(1);
    const silent = await open();
    silent.socket.pause();
    const closed = once(silent.socket, 'close');
    for (let second = 0; second < 3; second += 1) await clock.advance(1000);
    silent.socket.resume();
    expect((await closed)[0]).toBe(1006);
    waiting[0]?.answer();
    await expect.poll(() => unread.answers, PATIENCE).toEqual([{ ref: 1, ok: true }]);
  });
});
