import { jetstreamManager } from '@nats-io/jetstream';
import { afterEach, describe, expect, it } from 'vitest';
import { addStream, connectTo, readNats } from './testing/recorded-source.ts';
import { startNatsServer, type NatsServer } from './testing/nats-server.ts';
import { publishOn } from './testing/publish.ts';

const WAIT = { timeout: 10_000, interval: 5 };
const ADMIN = { user: 'admin', pass: 'adm1n' };
const SECRET = 'v3ry-secret';
let server: NatsServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

/** A server whose user `app` may do what the lines say; `admin` may do everything. */
async function serve(permissions: string): Promise<NatsServer> {
  server = await startNatsServer({
    config: `authorization { users: [
      { user: ${ADMIN.user}, password: "${ADMIN.pass}" }
      { user: app, password: "${SECRET}", permissions: { ${permissions} } }
    ] }`,
    probe: ADMIN,
  });
  return server;
}

const asApp = { settings: { auth: 'user', user: 'app' }, secret: SECRET } as const;

describe('making a stream', () => {
  it('makes PULSE_{ENV} over everything when the environment has none, and leaves others alone', async () => {
    const { url } = await serve('publish: ">", subscribe: ">"');
    const admin = await connectTo(url, ADMIN);
    const { intake, status } = readNats(url, { ...asApp, env: 'my-env', ensureStream: true });
    await expect.poll(() => status(), WAIT).toMatchObject({ state: 'live', delivery: 'exactly once' });
    const manager = await jetstreamManager(admin);
    const { config } = await manager.streams.info('PULSE_MY-ENV');
    expect(config).toMatchObject({ subjects: ['my-env.>'], storage: 'file', retention: 'limits' });
    await publishOn(admin, [{ subject: 'my-env.stock.price_updated', body: '1' }]);
    await expect.poll(() => intake.of('PULSE_MY-ENV').bodies, WAIT).toEqual(['1']);

    await addStream(admin, 'OWN', ['owned.stock.*']);
    const owned = readNats(url, { ...asApp, env: 'owned', ensureStream: true });
    await expect.poll(() => owned.status().detail, WAIT).toContain('stream OWN');
    expect((await manager.streams.list().next()).map((stream) => stream.config.name).sort()).toEqual([
      'OWN',
      'PULSE_MY-ENV',
    ]);
  });

  it('says why when it is not permitted, and reads plainly', async () => {
    const { url } = await serve('publish: { deny: "$JS.API.STREAM.CREATE.>" }, subscribe: ">"');
    const { intake, status, logLines } = readNats(url, { ...asApp, ensureStream: true });
    await expect
      .poll(() => status().detail, WAIT)
      .toMatch(
        /stream PULSE_DEV over dev\.> could not be made: not permitted: .*\$JS\.API\.STREAM\.CREATE\.PULSE_DEV/,
      );
    expect(status()).toMatchObject({ state: 'live', delivery: 'at most once' });
    const admin = await connectTo(url, ADMIN);
    admin.publish('dev.stock.price_updated', '1');
    await expect.poll(() => intake.plain.bodies, WAIT).toEqual(['1']);
    expect(logLines.filter((line) => line.includes('no stream could be made'))).toHaveLength(1);
  });
});

describe('permissions', () => {
  it.each([
    ['list streams', 'deny: "$JS.API.STREAM.LIST"', 'JetStream cannot be used: not permitted'],
    [
      'make consumers',
      'deny: ["$JS.API.CONSUMER.CREATE.>", "$JS.API.CONSUMER.DURABLE.>"]',
      'stream PULSE_DEV is not read: not permitted',
    ],
    ['pull messages', 'deny: "$JS.API.CONSUMER.MSG.NEXT.>"', 'stream PULSE_DEV is not read: not permitted'],
  ])('that do not let it %s are said, and it reads plainly', async (_, publish, words) => {
    const { url } = await serve(`publish: { ${publish} }, subscribe: ">"`);
    const admin = await connectTo(url, ADMIN);
    await addStream(admin, 'PULSE_DEV', ['dev.>']);
    const { intake, status, statuses } = readNats(url, asApp);
    await expect.poll(() => status().detail, WAIT).toContain(words);
    await expect.poll(() => status().detail, WAIT).toContain('plain dev.>');
    await publishOn(admin, [{ subject: 'dev.stock.price_updated', body: '1' }]);
    await expect.poll(() => intake.plain.bodies, WAIT).toEqual(['1']);
    expect(statuses.map(({ state }) => state)).not.toContain('unreachable');
  });

  it('for some families only are enough to read these', async () => {
    const { url } = await serve(
      'publish: { deny: "$JS.API.>" }, subscribe: { allow: ["dev.stock.price_updated", "_INBOX.>"] }',
    );
    const { intake, status, statuses } = readNats(url, asApp);
    await expect
      .poll(() => status().detail, WAIT)
      .toContain('not permitted to subscribe to dev.portfolio.updated');
    const admin = await connectTo(url, ADMIN);
    admin.publish('dev.stock.price_updated', '1');
    await expect.poll(() => intake.plain.bodies, WAIT).toEqual(['1']);
    expect(statuses.map(({ state }) => state)).not.toContain('unreachable');
  });

  it('for nothing at all leave a source that says so and neither ends nor spins', async () => {
    const { url } = await serve('publish: { deny: ">" }, subscribe: { deny: ">" }');
    const { status, statuses, logLines, source } = readNats(url, asApp);
    await expect.poll(() => status().detail, WAIT).toContain('not permitted');
    await expect
      .poll(() => status().detail, WAIT)
      .toContain('not permitted to subscribe to dev.analytics.event');
    expect(statuses.length).toBeLessThan(10);
    expect(logLines.length).toBeLessThan(10);
    await source.stop();
  });
});

describe('secrets', () => {
  it('stand in no status and no log line, whatever happens', async () => {
    const running = await serve('publish: ">", subscribe: ">"');
    const wrong = `nats://app:${SECRET}-wrong@127.0.0.1:${running.port}`;
    const right = `nats://app:${SECRET}@127.0.0.1:${running.port}`;
    const sources = [readNats(wrong), readNats(right, { ensureStream: true }), readNats(running.url, asApp)];
    await expect.poll(() => sources[0]?.status().detail, WAIT).toContain('authorization failed');
    await expect.poll(() => sources[2]?.status().detail, WAIT).toContain('stream PULSE_DEV');
    await running.kill('SIGKILL');
    await expect
      .poll(() => sources.map(({ status }) => status().state), WAIT)
      .toEqual(Array(3).fill('unreachable'));
    for (const { source } of sources) await source.stop();
    expect(JSON.stringify(sources.map(({ statuses, logLines }) => [statuses, logLines]))).not.toContain(
      SECRET,
    );
  });
});
