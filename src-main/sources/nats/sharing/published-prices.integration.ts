import { Kvm } from '@nats-io/kv';
import type { Msg } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startNatsServer, type NatsServer } from '../testing/nats-server.ts';
import { addStream, connectTo } from '../testing/recorded-source.ts';
import { startTcpProxy } from '../testing/tcp-proxy.ts';
import { leaderOf, shareOver, type SharingInstance } from './testing/sharing-instance.ts';

const WAIT = { timeout: 15_000, interval: 5 };
const QUOTE = { symbol: 'AAPL', price: 150.25, changePercent: null, currency: null, asOf: 1_795_000_000_000 };

let server: NatsServer;
beforeEach(async () => {
  server = await startNatsServer();
});
afterEach(() => server.stop());

describe('published prices', () => {
  /** Everything published for `dev` from now on. */
  async function heard(): Promise<Msg[]> {
    const messages: Msg[] = [];
    const connection = await connectTo(server.url);
    connection.subscribe('dev.>', { callback: (_error, message) => void messages.push(message) });
    await connection.flush();
    return messages;
  }

  it('say who fetched them, and an event twice is in the stream once', async () => {
    const manager = await addStream(await connectTo(server.url), 'PULSE_DEV', ['dev.>']);
    const messages = await heard();
    const leader = await leaderOf([shareOver(server.url)]);
    leader.sharing.publish([QUOTE, { ...QUOTE, symbol: 'SAP@XETR', changePercent: -1.5, currency: 'EUR' }]);
    leader.sharing.publish([QUOTE]);
    await expect.poll(() => messages.length, WAIT).toBe(3);
    expect(messages[0]!.subject).toBe('dev.stock.price_updated');
    expect(messages[0]!.headers?.get('Pulse-Origin')).toBe(leader.id);
    expect(messages.map((message) => message.json())).toEqual([
      { symbol: 'AAPL', price: 150.25, occurred_at: '2026-11-18T11:06:40.000Z' },
      {
        symbol: 'SAP@XETR',
        price: 150.25,
        change_percent: -1.5,
        currency: 'EUR',
        occurred_at: '2026-11-18T11:06:40.000Z',
      },
      { symbol: 'AAPL', price: 150.25, occurred_at: '2026-11-18T11:06:40.000Z' },
    ]);
    await expect.poll(async () => (await manager.streams.info('PULSE_DEV')).state.messages, WAIT).toBe(2);
  });

  it('go out plainly where no stream takes them in', async () => {
    const messages = await heard();
    const leader = await leaderOf([shareOver(server.url)]);
    leader.sharing.publish([QUOTE]);
    await expect.poll(() => messages.map(({ reply }) => reply), WAIT).toEqual(['']);
  });

  it('come from the leader only', async () => {
    const messages = await heard();
    const both = [shareOver(server.url), shareOver(server.url)];
    const leader = await leaderOf(both);
    for (const { sharing } of both) sharing.publish([QUOTE]);
    await expect
      .poll(() => messages.map(({ headers }) => headers?.get('Pulse-Origin')), WAIT)
      .toEqual([leader.id]);
  });

  it('that cannot be sent are counted and said', async () => {
    const proxy = await startTcpProxy(server.port);
    onTestFinished(() => proxy.stop());
    const leader = await leaderOf([shareOver(proxy.url, { leaseMs: 9000 })]);
    proxy.cut();
    await expect
      .poll(() => {
        leader.sharing.publish([QUOTE, QUOTE]);
        return leader.sharing.sharing().detail;
      }, WAIT)
      .toMatch(/; \d+ prices were not published: NATS could not be reached$/);
  });
});

describe('sharing that is not possible', () => {
  const asApp = { settings: { auth: 'user', user: 'app' }, secret: 'app' } as const;

  async function serve(permissions: string): Promise<void> {
    await server.stop();
    server = await startNatsServer({
      config: `authorization { users: [
        { user: admin, password: admin }
        { user: app, password: app, permissions: { ${permissions} } }
      ] }`,
      probe: { user: 'admin', pass: 'admin' },
    });
  }

  async function offOf(instance: SharingInstance): Promise<string> {
    await expect.poll(() => instance.sharing.sharing().role, WAIT).toBe('off');
    expect(instance.sharing.mayPoll()).toBe(true);
    return instance.sharing.sharing().detail;
  }

  it('without JetStream is off, and every instance polls for itself', async () => {
    await server.stop();
    server = await startNatsServer({ jetstream: false });
    expect(await offOf(shareOver(server.url))).toBe(
      'bucket PULSE_POLLING needs JetStream, which NATS does not offer; this instance polls for itself',
    );
  });

  it.each([
    ['make the bucket', 'publish: { deny: "$JS.API.STREAM.CREATE.>" }, subscribe: ">"', 'STREAM.CREATE'],
    ['write into it', 'publish: { deny: "$KV.>" }, subscribe: ">"', '$KV.PULSE_POLLING.dev.leader'],
  ])('for lack of permission to %s is off and says so', async (_, permissions, words) => {
    await serve(permissions);
    const detail = await offOf(shareOver(server.url, asApp));
    expect(detail).toContain('bucket PULSE_POLLING cannot be used: not permitted');
    expect(detail).toContain(words);
  });

  it('for lack of permission to publish prices leaves the lease to others', async () => {
    await serve('publish: { deny: "dev.>" }, subscribe: ">"');
    const instance = shareOver(server.url, asApp);
    const leader = await leaderOf([instance]);
    leader.sharing.publish([QUOTE]);
    expect(await offOf(instance)).toBe(
      'not permitted to publish dev.stock.price_updated; this instance polls for itself',
    );
    const admin = shareOver(server.url, { settings: { auth: 'user', user: 'admin' }, secret: 'admin' });
    await leaderOf([admin]);
  });

  it('because the bucket keeps its values for ever is off and says so', async () => {
    await new Kvm(await connectTo(server.url)).create('PULSE_POLLING');
    expect(await offOf(shareOver(server.url))).toBe(
      'bucket PULSE_POLLING keeps its values for ever; sharing needs a TTL of 1 to 12 s; this instance polls for itself',
    );
  });

  it('while NATS is away says so, and begins when it is there', async () => {
    await server.kill('SIGTERM');
    const instance = shareOver(server.url);
    await expect
      .poll(() => instance.sharing.sharing(), WAIT)
      .toMatchObject({ role: 'candidate', detail: `127.0.0.1:${server.port}: connection refused` });
    expect(instance.sharing.mayPoll()).toBe(false);
    await server.restart();
    await leaderOf([instance]);
  });

  it('in demo is refused: what is made there is never published', () => {
    expect(() => shareOver(server.url, { env: 'demo' })).toThrow('never shared');
  });
});
