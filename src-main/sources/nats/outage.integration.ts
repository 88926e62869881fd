import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectTo, readNats } from './testing/recorded-source.ts';
import { startNatsServer, type NatsServer } from './testing/nats-server.ts';
import { publishAll, publishOn, type OutgoingMessage } from './testing/publish.ts';

const WAIT = { timeout: 15_000, interval: 5 };
const SUBJECT = 'dev.stock.price_updated';
let server: NatsServer;
beforeAll(async () => {
  server = await startNatsServer({ config: 'lame_duck_grace_period: "200ms"\nlame_duck_duration: "30s"' });
});
beforeEach(() => withManager((manager) => manager.streams.add({ name: 'PULSE_DEV', subjects: ['dev.>'] })));
afterEach(() => withManager((manager) => manager.streams.delete('PULSE_DEV')));
afterAll(() => server.stop());

async function withManager(work: (manager: JetStreamManager) => Promise<unknown>): Promise<void> {
  const connection = await connect({ servers: server.url });
  await work(await jetstreamManager(connection));
  await connection.close();
}

function numbered(from: number, to: number): OutgoingMessage[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    subject: SUBJECT,
    body: String(from + index),
  }));
}

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
}

describe('an outage', () => {
  it('loses and repeats nothing when the server is killed while it delivers, and heals within 5 s', async () => {
    await publishAll(server.url, numbered(1, 20_000));
    const { source, intake, statuses, status, logLines } = readNats(server.url);
    await expect.poll(() => intake.of('PULSE_DEV').offeredSeq, WAIT).toBeGreaterThan(1000);
    await server.kill('SIGKILL');
    const killed = Date.now();
    await expect.poll(() => status().state, WAIT).toBe('unreachable');
    await expect
      .poll(() => status(), WAIT)
      .toMatchObject({ retryAt: expect.any(Number), detail: `127.0.0.1:${server.port}: connection refused` });
    const waiting = statuses.filter((each) => each.state === 'unreachable');
    expect(Math.abs((waiting[0]?.since ?? 0) - killed)).toBeLessThan(2000);
    await server.restart();
    const returned = Date.now();
    await publishAll(server.url, numbered(20_001, 20_500));
    await expect.poll(() => intake.of('PULSE_DEV').offeredSeq, WAIT).toBe(20_500);
    expect(Date.now() - returned).toBeLessThan(5000);
    expect(intake.bodies).toEqual(range(1, 20_500));
    expect(intake.of('PULSE_DEV').repeated).toBe(0);
    expect(intake.of('PULSE_DEV').gaps).toEqual([]);
    const since = new Set(statuses.filter((each) => each.state === 'unreachable').map((each) => each.since));
    expect(since.size).toBe(1);
    expect(status()).toMatchObject({ state: 'live', delivery: 'exactly once' });
    expect(logLines.filter((line) => line.includes('unreachable')).length).toBeLessThan(4);
    await source.stop();
  });

  it('is noticed within 10 s when the server hangs, and heals when it goes on', async () => {
    const { intake, status, statuses } = readNats(server.url);
    await publishAll(server.url, numbered(1, 100));
    await expect.poll(() => intake.of('PULSE_DEV').offeredSeq, WAIT).toBe(100);
    await server.kill('SIGSTOP');
    const hung = Date.now();
    await expect.poll(() => status().state, WAIT).toBe('unreachable');
    expect(Date.now() - hung).toBeLessThan(10_000);
    await expect.poll(() => status().detail, WAIT).toContain('no answer within 2 s');
    expect(statuses.some((each) => each.state === 'unreachable' && each.retryAt === null)).toBe(true);
    await server.kill('SIGCONT');
    const returned = Date.now();
    await publishAll(server.url, numbered(101, 200));
    await expect.poll(() => intake.of('PULSE_DEV').offeredSeq, WAIT).toBe(200);
    expect(Date.now() - returned).toBeLessThan(6000);
    expect(intake.bodies).toEqual(range(1, 200));
  });

  it('does not hold up the end of the app when the server hangs', async () => {
    const { source, intake, status } = readNats(server.url);
    await publishAll(server.url, numbered(1, 10));
    await expect.poll(() => intake.of('PULSE_DEV').offeredSeq, WAIT).toBe(10);
    await server.kill('SIGSTOP');
    const begun = Date.now();
    await source.stop();
    expect(Date.now() - begun).toBeLessThan(2000);
    expect(status().state).toBe('live');
    await server.kill('SIGCONT');
  });

  it('is survived by a source that starts before its server', async () => {
    await server.kill('SIGTERM');
    const { intake, status } = readNats(server.url);
    await expect.poll(() => status().state, WAIT).toBe('unreachable');
    await server.restart();
    await publishAll(server.url, numbered(1, 10));
    await expect.poll(() => intake.of('PULSE_DEV').offeredSeq, WAIT).toBe(10);
  });

  it('costs nothing when it happens again and again while messages are published', async () => {
    const { intake } = readNats(server.url);
    for (let round = 0; round < 4; round += 1) {
      await publishAll(server.url, numbered(round * 3000 + 1, round * 3000 + 3000));
      await server.kill(round % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
      await server.restart();
    }
    await expect.poll(() => intake.of('PULSE_DEV').offeredSeq, WAIT).toBe(12_000);
    expect(intake.bodies).toEqual(range(1, 12_000));
    expect(intake.plain.messages).toEqual([]);
  });

  it('is one for a server that is about to end: what is read is not read plainly as well', async () => {
    const { intake, status, statuses } = readNats(server.url);
    await publishAll(server.url, numbered(1, 100));
    await expect.poll(() => intake.of('PULSE_DEV').offeredSeq, WAIT).toBe(100);
    // Lame duck mode: JetStream ends at once, connections last for minutes.
    process.kill(server.pid, 'SIGUSR2');
    await expect.poll(() => status().state, WAIT).toBe('unreachable');
    await server.kill('SIGKILL');
    await server.restart();
    await publishAll(server.url, numbered(101, 200));
    await expect.poll(() => intake.of('PULSE_DEV').offeredSeq, WAIT).toBe(200);
    expect(intake.bodies).toEqual(range(1, 200));
    expect(statuses.some((each) => each.detail.includes('plain'))).toBe(false);
  });

  it('ends at once while it waits to try again', async () => {
    await server.kill('SIGKILL');
    const { source, status } = readNats(server.url);
    await expect.poll(() => status().state, WAIT).toBe('unreachable');
    const begun = Date.now();
    await source.stop();
    expect(Date.now() - begun).toBeLessThan(500);
    await server.restart();
  });

  it('ends at once while the stream is opened by an intake that hangs', async () => {
    const connection = await connectTo(server.url);
    await publishOn(connection, numbered(1, 10));
    const hanging = readNats(server.url);
    hanging.intake.openStream = () => new Promise(() => undefined);
    await hanging.source.stop();
    const { intake, source } = readNats(server.url);
    let asked = false;
    intake.openStream = () => {
      asked = true;
      return new Promise(() => undefined);
    };
    await expect.poll(() => asked, WAIT).toBe(true);
    const begun = Date.now();
    await source.stop();
    expect(Date.now() - begun).toBeLessThan(1500);
  });
});
