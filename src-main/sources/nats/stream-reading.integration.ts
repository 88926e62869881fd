import { RetentionPolicy } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { addStream, connectTo, readNats } from './testing/recorded-source.ts';
import { startNatsServer, type NatsServer } from './testing/nats-server.ts';
import { numbered, publishOn } from './testing/publish.ts';
import { RecordingIntake } from './testing/recording-intake.ts';

const WAIT = { timeout: 10_000, interval: 5 };
let server: NatsServer;
beforeAll(async () => {
  server = await startNatsServer();
});
afterAll(() => server.stop());

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

describe('reading a stream', () => {
  it('hands 10,000 events over once each and in order, while they are published', async () => {
    const connection = await connectTo(server.url);
    await addStream(connection, 'ALL', ['all.>']);
    await publishOn(connection, numbered('all.stock.price_updated', 1, 4000));
    const before = Date.now();
    const { intake, status } = readNats(server.url, { env: 'all' });
    await publishOn(connection, numbered('all.portfolio.updated', 4001, 10_000));
    await expect.poll(() => intake.of('ALL').offeredSeq, WAIT).toBe(10_000);
    const { messages, repeated, gaps } = intake.of('ALL');
    expect(messages.map(({ seq }) => seq)).toEqual(range(1, 10_000));
    expect(messages.map(({ body }) => Number(body))).toEqual(range(1, 10_000));
    expect(messages[0]?.subject).toBe('stock.price_updated');
    expect(messages[9999]?.subject).toBe('portfolio.updated');
    expect(Math.abs((messages[9999]?.publishedAt ?? 0) - before)).toBeLessThan(20_000);
    expect([repeated, gaps]).toEqual([0, []]);
    expect(status()).toMatchObject({ state: 'live', delivery: 'exactly once' });
    expect(status().detail).toBe(`127.0.0.1:${server.port}: stream ALL`);
  });

  it('goes on behind what was stored, when the app comes back', async () => {
    const connection = await connectTo(server.url);
    await addStream(connection, 'BACK', ['back.>']);
    await publishOn(connection, numbered('back.stock.price_updated', 1, 300));
    const intake = new RecordingIntake();
    const first = readNats(server.url, { env: 'back', intake });
    await expect.poll(() => intake.of('BACK').offeredSeq, WAIT).toBe(300);
    await first.source.stop();
    expect(intake.of('BACK').listeners).toBe(0);
    await publishOn(connection, numbered('back.stock.price_updated', 301, 500));
    expect(intake.of('BACK').offeredSeq).toBe(300);
    readNats(server.url, { env: 'back', intake });
    await expect.poll(() => intake.of('BACK').offeredSeq, WAIT).toBe(500);
    expect(intake.bodies.map(Number)).toEqual(range(1, 500));
    expect(intake.of('BACK').repeated).toBe(0);
  });

  it('asks for no more than there is room for, and goes on when there is room again', async () => {
    const connection = await connectTo(server.url);
    const manager = await addStream(connection, 'ROOM', ['room.>']);
    await publishOn(connection, numbered('room.stock.price_updated', 1, 3000));
    const intake = new RecordingIntake(700);
    const entrance = await intake.openStream({
      name: 'ROOM',
      createdAt: Date.parse((await manager.streams.info('ROOM')).created),
    });
    entrance.held = true;
    readNats(server.url, { env: 'room', intake });
    await expect.poll(() => entrance.messages.length, WAIT).toBe(700);
    const [consumer] = await manager.consumers.list('ROOM').next();
    expect(consumer).toMatchObject({ num_pending: 2300, num_waiting: 0 });
    expect(entrance.messages).toHaveLength(700);
    entrance.release();
    await expect.poll(() => entrance.messages.length, WAIT).toBe(3000);
    expect(entrance.bodies.map(Number)).toEqual(range(1, 3000));
  });

  it('takes bodies of 900 KiB, more than the server holds for a slow reader at once', async () => {
    const connection = await connectTo(server.url);
    await addStream(connection, 'LARGE', ['large.>']);
    const body = 'x'.repeat(900 * 1024);
    await publishOn(
      connection,
      Array.from({ length: 100 }, () => ({ subject: 'large.analytics.event', body })),
    );
    const { intake, statuses } = readNats(server.url, { env: 'large' });
    await expect.poll(() => intake.of('LARGE').offeredSeq, WAIT).toBe(100);
    expect(intake.bodies.every((text) => text.length === body.length)).toBe(true);
    expect(statuses.map(({ state }) => state)).not.toContain('unreachable');
  });

  it('does not stop when taking a message fails, and says so meanwhile', async () => {
    const connection = await connectTo(server.url);
    await addStream(connection, 'FAIL', ['fail.>']);
    const { intake, status } = readNats(server.url, { env: 'fail' });
    await publishOn(connection, numbered('fail.stock.price_updated', 1, 10));
    await expect.poll(() => intake.of('FAIL').offeredSeq, WAIT).toBe(10);
    intake.of('FAIL').failure = new Error('the disk is full');
    await publishOn(connection, numbered('fail.stock.price_updated', 11, 20));
    await expect.poll(() => status().detail, WAIT).toContain('stream FAIL cannot be read: the disk is full');
    expect(status().state).toBe('live');
    intake.of('FAIL').failure = null;
    await expect.poll(() => intake.of('FAIL').offeredSeq, WAIT).toBe(20);
    expect(intake.bodies.map(Number)).toEqual(range(1, 20));
    await expect.poll(() => status().detail, WAIT).not.toContain('disk');
  });

  it('makes itself a new consumer when somebody deletes the one it has', async () => {
    const connection = await connectTo(server.url);
    const manager = await addStream(connection, 'DEL', ['del.>']);
    const { intake, statuses } = readNats(server.url, { env: 'del' });
    await publishOn(connection, numbered('del.stock.price_updated', 1, 50));
    await expect.poll(() => intake.of('DEL').offeredSeq, WAIT).toBe(50);
    for (let round = 1; round <= 3; round += 1) {
      const [consumer] = await manager.consumers.list('DEL').next();
      await manager.consumers.delete('DEL', consumer?.name ?? '');
      await publishOn(connection, numbered('del.stock.price_updated', round * 50 + 1, round * 50 + 50));
      await expect.poll(() => intake.of('DEL').offeredSeq, WAIT).toBe(round * 50 + 50);
    }
    expect(intake.bodies.map(Number)).toEqual(range(1, 200));
    expect(intake.of('DEL').repeated).toBe(0);
    expect(statuses.map(({ state }) => state)).not.toContain('unreachable');
  });

  it('leaves no consumer and no subscription behind when it stops', async () => {
    const connection = await connectTo(server.url);
    const manager = await addStream(connection, 'GONE', ['gone.>']);
    const { source, intake } = readNats(server.url, { env: 'gone' });
    await publishOn(connection, numbered('gone.stock.price_updated', 1, 5));
    await expect.poll(() => intake.of('GONE').offeredSeq, WAIT).toBe(5);
    expect(await manager.consumers.list('GONE').next()).toHaveLength(1);
    await source.stop();
    expect(await manager.consumers.list('GONE').next()).toEqual([]);
  });
});

describe('streams that are read', () => {
  it('reads several streams that cover different families, and the rest plainly', async () => {
    const connection = await connectTo(server.url);
    await addStream(connection, 'PART_P', ['part.portfolio.*']);
    await addStream(connection, 'PART_S', ['part.stock.price_updated']);
    const { intake, status } = readNats(server.url, { env: 'part' });
    await publishOn(connection, numbered('part.portfolio.opted_in', 1, 20));
    await publishOn(connection, numbered('part.stock.price_updated', 1, 30));
    await expect.poll(() => intake.of('PART_P').offeredSeq, WAIT).toBe(20);
    await expect.poll(() => intake.of('PART_S').offeredSeq, WAIT).toBe(30);
    expect(status()).toMatchObject({ state: 'live', delivery: 'exactly once' });
    connection.publish('part.analytics.event', 'plain');
    await expect.poll(() => intake.plain.bodies, WAIT).toEqual(['plain']);
    await expect.poll(() => status(), WAIT).toMatchObject({ delivery: 'at most once' });
    expect(intake.bodies).toHaveLength(51);
  });

  it.each([
    { over: ['own.stock.*', 'other.stock.*'], family: 'stock.price_updated' },
    { over: ['*.stock.>'], family: 'stock.price_updated' },
    { over: ['*.stock.>', '*.portfolio.>'], family: 'portfolio.updated' },
  ])('reads only its own environment from a stream over $over', async ({ over, family }) => {
    const shared = await startNatsServer();
    onTestFinished(() => shared.stop());
    const connection = await connectTo(shared.url);
    await addStream(connection, 'SHARED', over);
    for (let round = 0; round < 10; round += 1) {
      for (const { subject, body } of [
        ...numbered(`own.${family}`, round * 10 + 1, round * 10 + 10),
        ...numbered(`other.${family}`, 1000, 1010),
      ])
        connection.publish(subject, body);
    }
    const { intake, status } = readNats(shared.url, { env: 'own' });
    await expect.poll(() => intake.of('SHARED').messages.length, WAIT).toBe(100);
    expect(intake.bodies.map(Number)).toEqual(range(1, 100));
    expect(intake.of('SHARED').gaps).toEqual([]);
    expect(status().detail).not.toContain('cannot');
  });

  it('does not read a stream over everything, which would be filled by what is delivered from it', async () => {
    const loop = await startNatsServer();
    onTestFinished(() => loop.stop());
    const connection = await connectTo(loop.url);
    const manager = await addStream(connection, 'EVERYTHING', ['>'], { no_ack: true });
    const { intake, status } = readNats(loop.url);
    await expect.poll(() => status().detail, WAIT).toContain('stream EVERYTHING is not read');
    connection.publish('dev.stock.price_updated', '1');
    await expect.poll(() => intake.plain.bodies, WAIT).toEqual(['1']);
    expect(await manager.consumers.list('EVERYTHING').next()).toEqual([]);
  });

  it('does not read another environment whose name begins like its own', async () => {
    const connection = await connectTo(server.url);
    await addStream(connection, 'LONGER', ['envi.>', 'env2.>', 'env.>']);
    await publishOn(connection, numbered('envi.stock.price_updated', 1, 5));
    await publishOn(connection, numbered('env2.stock.price_updated', 6, 9));
    await publishOn(connection, numbered('env.stock.price_updated', 10, 12));
    const { intake } = readNats(server.url, { env: 'env' });
    await expect.poll(() => intake.of('LONGER').offeredSeq, WAIT).toBe(12);
    expect(intake.bodies).toEqual(['10', '11', '12']);
  });

  it('leaves out what a stream keeps of an environment it no longer takes in', async () => {
    const connection = await connectTo(server.url);
    const manager = await addStream(connection, 'EDIT', ['ed1.>', 'ed2.>']);
    await publishOn(connection, numbered('ed2.stock.price_updated', 1, 5));
    await manager.streams.update('EDIT', { subjects: ['ed1.>'] });
    await publishOn(connection, numbered('ed1.stock.price_updated', 6, 9));
    const { intake } = readNats(server.url, { env: 'ed1' });
    await expect.poll(() => intake.of('EDIT').offeredSeq, WAIT).toBe(9);
    expect(intake.bodies).toEqual(['6', '7', '8', '9']);
  });

  it.each([
    ['work queue', 'WORK', RetentionPolicy.Workqueue],
    ['stream of interest', 'INTEREST', RetentionPolicy.Interest],
  ])('does not read a %s, takes nothing from it, and subscribes plainly', async (_, name, retention) => {
    const env = name.toLowerCase();
    const connection = await connectTo(server.url);
    const manager = await addStream(connection, name, [`${env}.>`], { retention });
    await manager.consumers.add(name, { durable_name: 'owner', ack_policy: 'explicit' });
    const { intake, status } = readNats(server.url, { env });
    await expect.poll(() => status(), WAIT).toMatchObject({ state: 'live', delivery: 'at most once' });
    expect(status().detail).toContain(`stream ${name} is not read: it drops what was read`);
    await publishOn(connection, numbered(`${env}.stock.price_updated`, 1, 10));
    await expect.poll(() => intake.plain.bodies, WAIT).toEqual(range(1, 10).map(String));
    expect((await manager.streams.info(name)).state.messages).toBe(10);
  });
});
