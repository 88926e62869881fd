import { once } from 'node:events';
import { connect as connectTo, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished, describe, expect, it } from 'vitest';
import { WebSocket, type RawData } from 'ws';
import { MAX_CLIENT_MESSAGE } from '../../../src-contract/frames.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { FakeEngineHost } from '../fake-engine-host.ts';
import { testServer, type TestServerOptions } from '../test-server.ts';

async function setUp(options: TestServerOptions = {}) {
  const engine = new FakeEngineHost({ 'environment.set': ({ name }) => ({ env: name }) });
  const app = await testServer({ engine, ...options });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const connect = (headers: Record<string, string> = {}, address = '/ws'): WebSocket => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${address}`, { headers });
    // What goes wrong shows as a refusal or a close; ending a refused socket is an error too.
    socket.on('error', () => undefined);
    onTestFinished(() => socket.terminate());
    return socket;
  };
  /** An open socket and its messages, the greeting taken off. */
  const open = async (headers: Record<string, string> = {}) => {
    const socket = connect(headers);
    const inbox = messagesOf(socket);
    await inbox.next();
    return { socket, inbox };
  };
  /** What System would show: the sockets' own connections, without the one of REST. */
  const attached = () => engine.connections.filter(({ identity }) => identity.kind === 'browser');
  return { app, engine, connect, open, attached, port };
}

function messagesOf(socket: WebSocket) {
  const waiting: unknown[] = [];
  const takers: ((message: unknown) => void)[] = [];
  socket.on('message', (data: RawData) => {
    const message: unknown = JSON.parse((data as Buffer).toString());
    const taker = takers.shift();
    if (taker === undefined) waiting.push(message);
    else taker(message);
  });
  return {
    next: (): Promise<unknown> =>
      waiting.length > 0 ? Promise.resolve(waiting.shift()) : new Promise((resolve) => takers.push(resolve)),
  };
}

/** Status with which a handshake was refused, and the words. */
async function refusal(socket: WebSocket): Promise<{ status: number; code: string }> {
  const [, response] = (await once(socket, 'unexpected-response')) as [
    unknown,
    AsyncIterable<Buffer> & { statusCode: number },
  ];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const { code } = JSON.parse(Buffer.concat(chunks).toString()) as { code: string };
  return { status: response.statusCode, code };
}

const closeOf = async (socket: WebSocket): Promise<[number, string]> => {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return [code, reason.toString()];
};

const call = (channel: string, args: unknown = {}) => JSON.stringify({ t: 'call', id: 1, channel, args });

/** All that the server says to a request for an upgrade until it closes the connection. */
function refusedUpgrade(port: number, path: string, ...headers: string[]): Promise<string> {
  const socket = connectTo(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
  const head = [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...upgrade, key, ...headers];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  return text(socket);
}

describe('WS /ws', () => {
  it.each([
    ['403', '/ws', ['Origin: https://elsewhere.example']],
    ['404', '/nowhere', []],
    ['503', '/ws', []],
  ])(
    'says that the connection ends with a refused upgrade (%s), and ends it',
    async (status, path, headers) => {
      const { port } = await setUp({ limits: { sockets: 0 } });
      const answer = await refusedUpgrade(port, path, ...headers);
      expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(answer).toMatch(/\r\nconnection: close\r\n/i);
      expect(answer).not.toMatch(/keep-alive/i);
    },
  );

  it('attaches every socket as a client of its own and relays both ways', async () => {
    const { open, attached } = await setUp();
    const first = await open({ 'user-agent': 'Mozilla/5.0 Chrome/141.0 Safari/537.36' });
    await open();
    expect(attached().map(({ identity }) => identity.title)).toEqual([
      'Chrome at 127.0.0.1',
      'Program at 127.0.0.1',
    ]);
    first.socket.send(call('environment.set', { name: 'prod' }));
    expect(await first.inbox.next()).toEqual({ t: 'ok', id: 1, value: { env: 'prod' } });
    attached()[0]!.deliver({ t: 'frame', frame: 1, feeds: [] });
    expect(await first.inbox.next()).toEqual({ t: 'frame', frame: 1, feeds: [] });
  });

  it('detaches a socket that closes, whether it says so or not', async () => {
    const { open, attached } = await setUp();
    for (const end of ['close', 'terminate'] as const) {
      const { socket } = await open();
      const connection = attached().at(-1)!;
      socket[end]();
      await expect.poll(() => connection.closed).toBe(true);
    }
  });

  it.each([
    ['a foreign host', {}, { host: 'evil.example' }, 403, 'forbidden'],
    ["another site's page", {}, { origin: 'https://evil.example' }, 403, 'forbidden'],
    ['a page without origin', {}, { origin: 'null' }, 403, 'forbidden'],
    ['nobody', { token: 'sesame' }, {}, 401, 'unauthorized'],
    ['a wrong token', { token: 'sesame' }, { authorization: 'Bearer guess' }, 401, 'unauthorized'],
  ])('refuses %s', async (_who, listen, headers, status, code) => {
    const { connect, attached } = await setUp({ listen });
    expect(await refusal(connect(headers as Record<string, string>))).toEqual({ status, code });
    expect(attached()).toEqual([]);
  });

  it('takes sockets at its own addresses only, and says which they are', async () => {
    const { connect } = await setUp();
    for (const address of ['/ws/nothing', '/api/stats', '/portfolios/ann', '/']) {
      expect(await refusal(connect({}, address)), address).toEqual({ status: 404, code: 'not_found' });
    }
  });

  it('takes its own page', async () => {
    const { open, attached, port } = await setUp();
    await open({ origin: `http://127.0.0.1:${port}` });
    expect(attached()).toHaveLength(1);
  });

  it('lets a reader look, and refuses its commands without the engine seeing them', async () => {
    const { open, attached } = await setUp({ listen: { token: 'sesame', readToken: 'peek' } });
    const { socket, inbox } = await open({ authorization: 'Bearer peek' });
    socket.send(call('environment.set', { name: 'prod' }));
    expect(await inbox.next()).toMatchObject({ t: 'failed', id: 1, error: { code: 'forbidden' } });
    socket.send(call('audit.list'));
    expect(await inbox.next()).toMatchObject({ t: 'ok' });
    expect(attached()[0]!.sent).toEqual([{ t: 'call', id: 1, channel: 'audit.list', args: {} }]);
  });

  it('refuses one socket more than its limit, and takes another when one has gone', async () => {
    const { open, connect, attached } = await setUp({ limits: { sockets: 1 } });
    const { socket } = await open();
    expect(await refusal(connect())).toEqual({ status: 503, code: 'unavailable' });
    socket.close();
    await expect.poll(() => attached()[0]!.closed).toBe(true);
    await open();
  });

  it.each([
    ['a message that is too long', 'x'.repeat(MAX_CLIENT_MESSAGE + 1), 1009],
    ['a message that is far too long', 'x'.repeat(4 * MAX_CLIENT_MESSAGE), 1009],
    ['bytes', Buffer.from('{}'), 1003],
  ])('closes a socket that sends %s', async (_what, message, code) => {
    const { open, attached } = await setUp();
    const { socket } = await open();
    const closed = closeOf(socket);
    socket.send(message);
    expect((await closed)[0]).toBe(code);
    expect(attached()[0]!.sent).toEqual([]);
  });

  it('closes a socket that sends more messages in a second than its limit', async () => {
    const { open } = await setUp({ limits: { socketMessagesPerSecond: 2 }, clock: new VirtualClock() });
    const { socket } = await open();
    const closed = closeOf(socket);
    for (let count = 0; count < 3; count += 1) socket.send('{"t":"ack","frame":1}');
    expect(await closed).toEqual([1008, 'more than 2 messages in a second']);
  });

  it('drops a socket that does not read what it is sent', async () => {
    const { open, attached } = await setUp({ limits: { socketBufferedBytes: 1000 } });
    const { socket } = await open();
    const closed = closeOf(socket);
    socket.pause();
    const connection = attached()[0]!;
    const words = 'x'.repeat(1_000_000);
    while (!connection.closed) {
      connection.deliver({ t: 'ok', id: 1, value: words });
      await new Promise(setImmediate);
    }
    socket.resume();
    expect((await closed)[0]).toBe(1006);
  });

  it('drops a socket that gives no sign of life, and keeps one that does', async () => {
    const clock = new VirtualClock();
    const { app, connect, open, attached } = await setUp({ clock, limits: { pingMs: 1000 } });
    const silent = connect();
    silent.pong = () => undefined;
    Reflect.set(silent, '_autoPong', false);
    await once(silent, 'message');
    const living = await open();
    const pings = () => Promise.all([once(silent, 'ping'), once(living.socket, 'ping')]);
    const asked = pings();
    await clock.advance(1000);
    await asked;
    // The answer has arrived when a message sent after it has been answered.
    living.socket.send(call('audit.list'));
    await living.inbox.next();
    const dropped = closeOf(silent);
    await clock.advance(1000);
    expect((await dropped)[0]).toBe(1006);
    await expect.poll(() => attached().map(({ closed }) => closed)).toEqual([true, false]);
    living.socket.close();
    await once(living.socket, 'close');
    await app.close();
  });

  it('says good-bye when the host stops', async () => {
    const { app, open } = await setUp();
    const { socket } = await open();
    const closed = closeOf(socket);
    await app.close();
    expect(await closed).toEqual([1001, 'the app is stopping']);
  });

  it('tells plain requests what it takes', async () => {
    const { app } = await setUp();
    expect((await app.inject('/ws')).json()).toMatchObject({ status: 426, code: 'upgrade_required' });
  });
});
