import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { addStream, connectTo, readNats } from './testing/recorded-source.ts';
import { startNatsServer, type NatsServer } from './testing/nats-server.ts';
import { publishOn } from './testing/publish.ts';
import { RecordingIntake } from './testing/recording-intake.ts';

const WAIT = { timeout: 10_000, interval: 5 };
let server: NatsServer;
beforeAll(async () => {
  server = await startNatsServer();
});
afterAll(() => server.stop());

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
}

describe('reading without a stream', () => {
  it('subscribes plainly and says "at most once"', async () => {
    const { intake, status } = readNats(server.url, { env: 'plain' });
    await expect.poll(() => status(), WAIT).toMatchObject({ state: 'live', delivery: 'at most once' });
    expect(status().detail).toBe(`127.0.0.1:${server.port}: plain plain.>`);
    const connection = await connectTo(server.url);
    for (const body of range(1, 500)) connection.publish('plain.stock.price_updated', body);
    connection.publish('other.stock.price_updated', 'foreign');
    connection.publish('plain.unknown.subject', 'unknown');
    await expect.poll(() => intake.plain.messages.length, WAIT).toBe(501);
    expect(intake.bodies).toEqual([...range(1, 500), 'unknown']);
    expect(intake.plain.messages.map(({ seq }) => seq)).toEqual(range(1, 501).map(Number));
  });

  it('hands every message over under its own subject, however they alternate', async () => {
    const { intake, status } = readNats(server.url, { env: 'mixed' });
    await expect.poll(() => status().state, WAIT).toBe('live');
    const connection = await connectTo(server.url);
    const families = ['stock.price_updated', 'portfolio.updated', 'portfolio.updated', 'stock.price_updated'];
    for (const family of families) connection.publish(`mixed.${family}`, family);
    await expect.poll(() => intake.plain.messages.length, WAIT).toBe(families.length);
    expect(intake.plain.messages.map(({ subject }) => subject)).toEqual(families);
  });

  it('reads a server without JetStream', async () => {
    const small = await startNatsServer({ jetstream: false });
    onTestFinished(() => small.stop());
    const { intake, status, statuses } = readNats(small.url, { ensureStream: true });
    await expect.poll(() => status().state, WAIT).toBe('live');
    expect(status().detail).toContain('JetStream cannot be used');
    const connection = await connectTo(small.url);
    connection.publish('dev.stock.price_updated', '1');
    await expect.poll(() => intake.plain.bodies, WAIT).toEqual(['1']);
    expect(statuses.map(({ state }) => state)).toEqual(['connecting', 'live']);
  });

  it('keeps a burst that finds no room until there is some', async () => {
    const intake = new RecordingIntake(100);
    const { status } = readNats(server.url, { env: 'burst', intake });
    await expect.poll(() => status().state, WAIT).toBe('live');
    intake.plain.held = true;
    const connection = await connectTo(server.url);
    for (const body of range(1, 10_000)) connection.publish('burst.stock.price_updated', body);
    await connection.flush();
    await expect.poll(() => intake.plain.messages.length, WAIT).toBe(100);
    intake.plain.release();
    await expect.poll(() => intake.plain.messages.length, WAIT).toBe(10_000);
    expect(intake.bodies).toEqual(range(1, 10_000));
    expect(intake.plain.gaps).toEqual([]);
  });
});

describe('going over from plain subscription to a stream', () => {
  it('reads nothing twice and loses nothing published after it was made', async () => {
    const { intake, status } = readNats(server.url, { env: 'over' });
    await expect.poll(() => status().state, WAIT).toBe('live');
    const connection = await connectTo(server.url);
    const publisher = await connectTo(server.url);
    let published = 0;
    const stop = new AbortController();
    // Bodies come again, so that equal messages from before and after the change have to be told apart.
    const pump = (async () => {
      while (!stop.signal.aborted) {
        for (let count = 0; count < 20; count += 1) {
          publisher.publish('over.stock.price_updated', String(published % 5000));
          published += 1;
        }
        await publisher.flush();
      }
    })();
    await expect.poll(() => intake.plain.messages.length, WAIT).toBeGreaterThan(1000);
    const manager = await addStream(connection, 'OVER', ['over.>']);
    await expect.poll(() => intake.of('OVER').messages.length, WAIT).toBeGreaterThan(1000);
    stop.abort();
    await pump;
    await expect.poll(() => intake.bodies.length, WAIT).toBe(published);
    const { state } = await manager.streams.info('OVER');
    await expect.poll(() => intake.of('OVER').offeredSeq, WAIT).toBe(state.last_seq);
    expect(intake.bodies).toEqual(Array.from({ length: published }, (_, index) => String(index % 5000)));
    const { gaps, passed } = intake.of('OVER');
    expect([gaps, intake.plain.gaps]).toEqual([[], []]);
    expect(passed).not.toEqual([]);
  });

  it('reads an equal message again that was published after the change', async () => {
    const { intake, status } = readNats(server.url, { env: 'equal' });
    await expect.poll(() => status().state, WAIT).toBe('live');
    const connection = await connectTo(server.url);
    connection.publish('equal.stock.price_updated', 'same');
    await expect.poll(() => intake.plain.bodies, WAIT).toEqual(['same']);
    await addStream(connection, 'EQUAL', ['equal.>']);
    await expect.poll(() => status().detail, WAIT).toContain('stream EQUAL');
    await publishOn(connection, [{ subject: 'equal.stock.price_updated', body: 'same' }]);
    await expect.poll(() => intake.of('EQUAL').bodies, WAIT).toEqual(['same']);
  });

  it('does not read again after a restart what was taken plainly', async () => {
    const intake = new RecordingIntake();
    const first = readNats(server.url, { env: 'twice', intake });
    await expect.poll(() => first.status().state, WAIT).toBe('live');
    const connection = await connectTo(server.url);
    await addStream(connection, 'TWICE', ['twice.>']);
    for (const body of range(1, 50)) connection.publish('twice.stock.price_updated', body);
    await expect.poll(() => first.status().detail, WAIT).toContain('stream TWICE');
    await expect.poll(() => intake.of('TWICE').storedSeq, WAIT).toBe(50);
    await first.source.stop();
    const second = readNats(server.url, { env: 'twice', intake });
    await expect.poll(() => second.status().state, WAIT).toBe('live');
    await publishOn(connection, [{ subject: 'twice.stock.price_updated', body: '51' }]);
    await expect.poll(() => intake.of('TWICE').offeredSeq, WAIT).toBe(51);
    expect(intake.bodies).toEqual(range(1, 51));
  });

  it('goes back to plain subscription when the stream is deleted, and over to a new one again', async () => {
    const { intake, status } = readNats(server.url, { env: 'back' });
    const connection = await connectTo(server.url);
    for (let round = 1; round <= 2; round += 1) {
      const manager = await addStream(connection, `BACK${round}`, ['back.>']);
      await expect.poll(() => status().detail, WAIT).toContain(`stream BACK${round}`);
      await publishOn(connection, [{ subject: 'back.stock.price_updated', body: `kept ${round}` }]);
      await expect.poll(() => intake.of(`BACK${round}`).bodies, WAIT).toEqual([`kept ${round}`]);
      await manager.streams.delete(`BACK${round}`);
      await expect.poll(() => status().detail, WAIT).toContain('plain back.>');
      connection.publish('back.stock.price_updated', `plain ${round}`);
      await expect.poll(() => intake.plain.bodies.at(-1), WAIT).toBe(`plain ${round}`);
    }
    expect(intake.bodies).toHaveLength(4);
  });

  it('goes on reading plainly what a stream of some families leaves out', async () => {
    const { intake, status } = readNats(server.url, { env: 'some' });
    await expect.poll(() => status().state, WAIT).toBe('live');
    const connection = await connectTo(server.url);
    await addStream(connection, 'SOME', ['some.portfolio.*']);
    await expect.poll(() => status().detail, WAIT).toContain('stream SOME, plain some.stock.price_updated');
    connection.publish('some.stock.price_updated', 'price');
    connection.publish('some.portfolio.updated', 'holdings');
    await expect.poll(() => intake.plain.bodies, WAIT).toEqual(['price']);
    await expect.poll(() => intake.of('SOME').bodies, WAIT).toEqual(['holdings']);
  });
});
