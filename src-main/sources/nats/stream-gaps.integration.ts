import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock.ts';
import { silentLog } from '../../lib/log.ts';
import { Overlap } from './overlap.ts';
import { StreamGoneError, StreamReader } from './stream-reader.ts';
import { addStream, connectTo, readNats, THIS_INSTANCE } from './testing/recorded-source.ts';
import { startNatsServer, type NatsServer } from './testing/nats-server.ts';
import { numbered, publishOn } from './testing/publish.ts';
import { RecordingIntake } from './testing/recording-intake.ts';

const WAIT = { timeout: 10_000, interval: 5 };
let server: NatsServer;
beforeAll(async () => {
  server = await startNatsServer();
});
afterAll(() => server.stop());

describe('a stream that was deleted and made again', () => {
  it('is another incarnation, whose first message is read', async () => {
    const connection = await connectTo(server.url);
    const manager = await addStream(connection, 'AGAIN', ['again.>']);
    const { intake, statuses } = readNats(server.url, { env: 'again' });
    await publishOn(connection, numbered('again.stock.price_updated', 1, 100));
    await expect.poll(() => intake.of('AGAIN').offeredSeq, WAIT).toBe(100);
    await manager.streams.delete('AGAIN');
    await addStream(connection, 'AGAIN', ['again.>']);
    await publishOn(connection, numbered('again.stock.price_updated', 101, 150));
    await expect.poll(() => intake.streams.length, WAIT).toBeGreaterThan(1);
    await expect.poll(() => intake.of('AGAIN').offeredSeq, WAIT).toBe(50);
    const [first, second] = intake.streams.filter(({ name }) => name === 'AGAIN');
    expect(first?.messages).toHaveLength(100);
    expect(second?.messages.map(({ seq, body }) => [seq, body])[0]).toEqual([1, '101']);
    expect(second?.messages).toHaveLength(50);
    expect(intake.streams.flatMap(({ gaps }) => gaps)).toEqual([]);
    expect(statuses.map(({ state }) => state)).not.toContain('unreachable');
  });

  it('never lands in the old incarnation, however often and fast it is made again', async () => {
    const connection = await connectTo(server.url);
    const manager = await addStream(connection, 'OFTEN', ['often.>']);
    const { intake } = readNats(server.url, { env: 'often' });
    await expect.poll(() => intake.streams.length, WAIT).toBe(1);
    for (let round = 1; round <= 15; round += 1) {
      await manager.streams.delete('OFTEN');
      await addStream(connection, 'OFTEN', ['often.>']);
      const { created } = await manager.streams.info('OFTEN');
      await publishOn(connection, numbered('often.stock.price_updated', round * 100, round * 100 + 20));
      // Some rounds are noticed by the reader itself, others by the next look, others not at all.
      if (round % 3 === 0)
        await expect.poll(() => intake.of('OFTEN').createdAt, WAIT).toBe(Date.parse(created));
    }
    await expect.poll(() => intake.of('OFTEN').bodies.at(-1), WAIT).toBe('1520');
    for (const { messages, repeated } of intake.streams.filter(({ name }) => name === 'OFTEN')) {
      const rounds = new Set(messages.map(({ body }) => Math.trunc(Number(body) / 100)));
      expect(rounds.size).toBeLessThanOrEqual(1);
      expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
      expect(repeated).toBe(0);
    }
  });

  it('is not read by a reader of the one before, which leaves no consumer behind', async () => {
    const connection = await connectTo(server.url);
    const manager = await addStream(connection, 'OTHER', ['other.>']);
    const createdAt = Date.parse((await manager.streams.info('OTHER')).created) - 1000;
    await publishOn(connection, numbered('other.stock.price_updated', 1, 10));
    const intake = new RecordingIntake();
    const reader = new StreamReader({
      connection,
      manager,
      env: 'other',
      instanceId: THIS_INSTANCE,
      stream: { name: 'OTHER', createdAt, subjects: ['other.>'], unreadable: null },
      intake: await intake.openStream({ name: 'OTHER', createdAt }),
      clock: systemClock,
      log: silentLog,
      overlap: new Overlap(),
      taken: null,
      fail: () => undefined,
    });
    await expect(reader.start()).rejects.toThrow(StreamGoneError);
    await reader.stop();
    expect(intake.bodies).toEqual([]);
    expect(intake.of('OTHER').listeners).toBe(0);
    expect(await manager.consumers.list('OTHER').next()).toEqual([]);
  });
});

describe('messages the server no longer holds', () => {
  it('are a gap with its size when the stream was purged before they were read', async () => {
    const connection = await connectTo(server.url);
    const manager = await addStream(connection, 'PURGE', ['purge.>']);
    await publishOn(connection, numbered('purge.stock.price_updated', 1, 100));
    await manager.streams.purge('PURGE', { seq: 41 });
    const { intake } = readNats(server.url, { env: 'purge' });
    await expect.poll(() => intake.of('PURGE').offeredSeq, WAIT).toBe(100);
    expect(intake.of('PURGE').messages[0]?.seq).toBe(41);
    expect(intake.of('PURGE').gaps).toMatchObject([{ firstSeq: 1, lastSeq: 40 }]);
    expect(intake.of('PURGE').gaps[0]?.reason).toMatch(/^no longer in the stream/);
  });

  it('are a gap when a stream that is read up to its end is purged while there is no room', async () => {
    const connection = await connectTo(server.url);
    const manager = await addStream(connection, 'STALL', ['stall.>']);
    const intake = new RecordingIntake(100);
    readNats(server.url, { env: 'stall', intake });
    await expect.poll(() => intake.streams.length, WAIT).toBe(1);
    intake.of('STALL').held = true;
    await publishOn(connection, numbered('stall.stock.price_updated', 1, 250));
    await expect.poll(() => intake.of('STALL').messages.length, WAIT).toBe(100);
    await manager.streams.purge('STALL');
    await expect.poll(() => intake.of('STALL').gaps, WAIT).toMatchObject([{ firstSeq: 101, lastSeq: 250 }]);
    intake.of('STALL').release();
    await publishOn(connection, numbered('stall.stock.price_updated', 251, 260));
    await expect.poll(() => intake.of('STALL').offeredSeq, WAIT).toBe(260);
    expect(intake.of('STALL').messages).toHaveLength(110);
    expect(intake.of('STALL').gaps).toHaveLength(1);
  });

  it('are no gap when they were read before they were purged', async () => {
    const connection = await connectTo(server.url);
    const manager = await addStream(connection, 'READ', ['read.>']);
    const { intake } = readNats(server.url, { env: 'read' });
    await publishOn(connection, numbered('read.stock.price_updated', 1, 100));
    await expect.poll(() => intake.of('READ').offeredSeq, WAIT).toBe(100);
    await manager.streams.purge('READ');
    await expect.poll(() => intake.of('READ').ends, WAIT).toEqual({ firstSeq: 101, lastSeq: 100 });
    await publishOn(connection, numbered('read.stock.price_updated', 101, 110));
    await expect.poll(() => intake.of('READ').offeredSeq, WAIT).toBe(110);
    expect(intake.of('READ').gaps).toEqual([]);
  });

  it('are a gap when they aged out by count while the app was away', async () => {
    const connection = await connectTo(server.url);
    await addStream(connection, 'AGE', ['age.>'], { max_msgs: 50 });
    const intake = new RecordingIntake();
    const { source } = readNats(server.url, { env: 'age', intake });
    await publishOn(connection, numbered('age.stock.price_updated', 1, 40));
    await expect.poll(() => intake.of('AGE').offeredSeq, WAIT).toBe(40);
    await source.stop();
    await publishOn(connection, numbered('age.stock.price_updated', 41, 200));
    readNats(server.url, { env: 'age', intake });
    await expect.poll(() => intake.of('AGE').offeredSeq, WAIT).toBe(200);
    expect(intake.of('AGE').messages).toHaveLength(90);
    expect(intake.of('AGE').gaps).toMatchObject([{ firstSeq: 41, lastSeq: 150 }]);
  });

  it('are gaps that add up when messages were deleted in the middle', async () => {
    const connection = await connectTo(server.url);
    const manager = await addStream(connection, 'HOLES', ['holes.>']);
    await publishOn(connection, numbered('holes.stock.price_updated', 1, 30));
    for (const seq of [5, 6, 12, 20, 30]) await manager.streams.deleteMessage('HOLES', seq);
    const { intake } = readNats(server.url, { env: 'holes' });
    await expect.poll(() => intake.of('HOLES').messages.length, WAIT).toBe(25);
    await expect.poll(() => intake.of('HOLES').gaps.length, WAIT).toBe(2);
    expect(intake.of('HOLES').gaps).toMatchObject([
      { firstSeq: 5, lastSeq: 6 },
      {
        firstSeq: 12,
        lastSeq: 20,
        reason: expect.stringMatching(/^2 of these 9 are no longer in the stream/),
      },
    ]);
  });

  it('are not told apart from other environments in a shared stream, but only where the stream begins later', async () => {
    const connection = await connectTo(server.url);
    await addStream(connection, 'MIX', ['mixa.stock.*', 'mixb.stock.*'], { max_msgs: 20 });
    const { intake } = readNats(server.url, { env: 'mixa' });
    await publishOn(connection, numbered('mixa.stock.price_updated', 1, 5));
    await expect.poll(() => intake.of('MIX').offeredSeq, WAIT).toBe(5);
    await publishOn(connection, numbered('mixb.stock.price_updated', 1, 100));
    await expect.poll(() => intake.of('MIX').ends.firstSeq, WAIT).toBe(86);
    await publishOn(connection, numbered('mixa.stock.price_updated', 6, 8));
    await expect.poll(() => intake.bodies.length, WAIT).toBe(8);
    expect(intake.of('MIX').gaps).toEqual([]);
  });
});
