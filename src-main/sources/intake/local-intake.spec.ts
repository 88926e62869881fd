import { describe, expect, it } from 'vitest';
import type { IntakeAnswer, IntakeRequest, Offered, SourceIntake } from '../../../src-contract/intake.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { RecordingStream } from '../nats/testing/recording-intake.ts';
import { LocalIntake } from './local-intake.ts';
import { MOST_IN_A_TURN } from './local-line.ts';

/** An entrance that finds events without a type wrong, and is told what of them was known before. */
class JudgingStream extends RecordingStream {
  /** Sequences that the next commit finds known. */
  known: number[] = [];

  override offerValue(
    ...[family, seq, publishedAt, value]: Parameters<RecordingStream['offerValue']>
  ): Offered {
    super.offerValue(family, seq, publishedAt, value);
    return (value as { type?: string }).type === undefined ? '/type is missing' : null;
  }

  override onSettled(listener: (lastSeq: number, repeated: readonly number[]) => void): () => void {
    return super.onSettled((lastSeq) => listener(lastSeq, this.known));
  }
}

class Fixture {
  readonly streams: JudgingStream[] = [];
  readonly turns: (() => void)[] = [];
  readonly intake: LocalIntake;

  constructor(limit = 4000, of: (source: string) => SourceIntake = () => this.#source(limit)) {
    this.intake = new LocalIntake({ clock: new VirtualClock(5), of, soon: (run) => this.turns.push(run) });
  }

  #source(limit: number): SourceIntake {
    return {
      openStream: ({ name, createdAt }) => {
        const stream = new JudgingStream(name, createdAt, limit);
        stream.held = true;
        this.streams.push(stream);
        return Promise.resolve(stream);
      },
    };
  }

  get stream(): JudgingStream {
    return this.streams[0] as JudgingStream;
  }

  /** Asks, and lets the request come to its stream. */
  async ask(events: unknown, via: IntakeRequest['via'] = 'http'): Promise<{ answer: IntakeAnswer | null }> {
    const asked: { answer: IntakeAnswer | null } = { answer: null };
    const body = Buffer.from(JSON.stringify(events));
    void this.intake.take({ family: 'analytics.event', via, body }).then((answer) => (asked.answer = answer));
    await settled();
    return asked;
  }

  /** Commits what was handed over. */
  async commit(): Promise<void> {
    this.stream.release();
    this.stream.held = true;
    await settled();
  }

  /** Lets everything else have its turn. */
  nextTurn(): void {
    for (const run of this.turns.splice(0)) run();
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const events = (count: number) => Array.from({ length: count }, () => ({ type: 'a' }));

describe('a request', () => {
  it('is answered when its events are committed, and not before', async () => {
    const fixture = new Fixture();
    const asked = await fixture.ask([{ type: 'a' }, {}, { type: 'b' }]);
    expect(fixture.stream).toMatchObject({ name: 'http', createdAt: 0 });
    expect(fixture.stream.bodies).toEqual(['{"type":"a"}', '{}', '{"type":"b"}']);
    expect(asked.answer).toBeNull();
    await fixture.commit();
    expect(asked.answer).toEqual({
      ok: true,
      accepted: 2,
      repeated: 0,
      rejected: [{ index: 1, reason: '/type is missing' }],
    });
  });

  it('of one event alone that fails is answered with the field, once that is listed', async () => {
    const fixture = new Fixture();
    const asked = await fixture.ask({ user_id: 'x' });
    expect(asked.answer).toBeNull();
    await fixture.commit();
    expect(asked.answer).toEqual({
      ok: false,
      code: 'invalid_event',
      message: '/type is missing',
      details: { field: '/type' },
    });
  });

  it('counts its events that were known before as accepted and repeated', async () => {
    const fixture = new Fixture();
    const first = await fixture.ask(events(2));
    const second = await fixture.ask(events(3));
    fixture.stream.known = [2, 3, 5];
    await fixture.commit();
    expect(first.answer).toMatchObject({ accepted: 2, repeated: 1 });
    expect(second.answer).toMatchObject({ accepted: 3, repeated: 2 });
  });

  it('by WebSocket is a frame in a stream of its own, answered with its reference', async () => {
    const fixture = new Fixture();
    const asked = await fixture.ask({ event: 'new_event', payload: { type: 'a' }, ref: 9 }, 'websocket');
    const unknown = await fixture.ask({ event: 'join', ref: 10 }, 'websocket');
    await fixture.commit();
    expect(fixture.stream.name).toBe('websocket');
    expect(asked.answer).toEqual({ ok: true, accepted: 1, repeated: 0, rejected: [], ref: 9 });
    expect(unknown.answer).toMatchObject({ ok: false, code: 'invalid_argument', ref: 10 });
  });

  it('that cannot be read is answered at once, and not taken', async () => {
    const fixture = new Fixture();
    expect((await fixture.ask([])).answer).toMatchObject({ ok: false, code: 'invalid_argument' });
    expect(fixture.streams).toEqual([]);
    expect(fixture.intake.read()[0]).toMatchObject({ waiting: 0, refused: 0 });
  });

  it('is answered unavailable while the store cannot be asked, and taken when it can', async () => {
    let fails = true;
    const stream = new JudgingStream('http', 0, 10);
    stream.held = true;
    const fixture = new Fixture(0, () => ({
      openStream: () => (fails ? Promise.reject(new Error('no answer')) : Promise.resolve(stream)),
    }));
    const refused = await fixture.ask({ type: 'a' });
    expect(refused.answer).toEqual({
      ok: false,
      code: 'unavailable',
      message: 'the store does not answer: no answer',
    });
    fails = false;
    const taken = await fixture.ask({ type: 'a' });
    stream.release();
    await settled();
    expect(taken.answer).toMatchObject({ ok: true, accepted: 1 });
    expect(fixture.intake.read()[0]?.waiting).toBe(0);
  });
});

describe('a large request', () => {
  it('is handed over a slice in each turn, so that nothing else waits for it', async () => {
    const fixture = new Fixture(10_000);
    const asked = await fixture.ask(events(2500));
    expect(fixture.stream.offeredSeq).toBe(MOST_IN_A_TURN);
    await fixture.commit();
    expect(asked.answer).toBeNull();
    fixture.nextTurn();
    fixture.nextTurn();
    expect(fixture.stream.offeredSeq).toBe(2500);
    await fixture.commit();
    expect(asked.answer).toMatchObject({ accepted: 2500 });
    fixture.nextTurn();
    expect(fixture.turns).toEqual([]);
  });

  it('waits while its stream has no room, with all behind it, and goes on in order', async () => {
    const fixture = new Fixture(10);
    const first = await fixture.ask(events(15));
    const second = await fixture.ask({ type: 'b' });
    expect(fixture.stream.offeredSeq).toBe(10);
    expect([first.answer, second.answer]).toEqual([null, null]);
    await fixture.commit();
    await fixture.commit();
    expect([first.answer, second.answer]).toMatchObject([{ accepted: 15 }, { accepted: 1 }]);
    expect(fixture.stream.bodies.at(-1)).toBe('{"type":"b"}');
  });
});

describe('a request that finds no room', () => {
  it('is refused as a whole with the time to come back, was not received, and is taken once there is room', async () => {
    const fixture = new Fixture();
    for (let request = 0; request < 2; request += 1) await fixture.ask(events(10_000));
    expect(fixture.intake.read()).toEqual([
      { id: 'http', waiting: 20_000, limit: 20_000, refused: 0 },
      { id: 'websocket', waiting: 0, limit: 20_000, refused: 0 },
    ]);
    const refused = await fixture.ask({ type: 'a' });
    expect(refused.answer).toEqual({
      ok: false,
      code: 'busy',
      message: 'there is no room: at most 20000 events and 64 MiB wait to be stored',
      retryAfterMs: 1000,
    });
    const frame = await fixture.ask({ event: 'new_event', payload: { type: 'a' }, ref: 4 }, 'websocket');
    expect(frame.answer).toMatchObject({ code: 'busy' });
    expect(fixture.intake.read().map((reading) => reading.refused)).toEqual([1, 1]);
    while (fixture.intake.read()[0]?.waiting !== 0) {
      fixture.nextTurn();
      await fixture.commit();
    }
    const taken = await fixture.ask({ type: 'a' });
    fixture.nextTurn();
    await fixture.commit();
    expect(taken.answer).toMatchObject({ ok: true, accepted: 1 });
    expect(fixture.stream.offeredSeq).toBe(20_001);
  });

  it('is one whose bytes are too many, whatever the number of its events', async () => {
    const fixture = new Fixture();
    const large = [{ type: 'a', page: 'x'.repeat(40 * 1024 * 1024) }];
    await fixture.ask(large);
    expect((await fixture.ask(large)).answer).toMatchObject({ code: 'busy' });
    expect((await fixture.ask({ type: 'a' })).answer).toBeNull();
  });
});

describe('when the environment goes', () => {
  it('what was handed over is waited for, the rest answered unavailable at once, and so is who comes later', async () => {
    const fixture = new Fixture(10);
    const drained = Promise.withResolvers<undefined>();
    const first = await fixture.ask(events(8));
    fixture.stream.drained = () => drained.promise;
    const second = await fixture.ask(events(8));
    const third = await fixture.ask({ event: 'new_event', payload: {}, ref: 1 }, 'http');
    const stopped = fixture.intake.stop();
    await settled();
    expect([first.answer, second.answer, third.answer]).toMatchObject([
      null,
      { code: 'unavailable' },
      { code: 'unavailable' },
    ]);
    expect((await fixture.ask({ type: 'a' })).answer).toMatchObject({ code: 'unavailable' });
    fixture.stream.release();
    drained.resolve(undefined);
    await stopped;
    await settled();
    expect(first.answer).toMatchObject({ ok: true, accepted: 8 });
    expect(fixture.stream.listeners).toBe(0);
    await fixture.intake.stop();
  });

  it('what is never committed is answered unavailable, too', async () => {
    const fixture = new Fixture();
    const asked = await fixture.ask({ type: 'a' });
    await fixture.intake.stop();
    await settled();
    expect(asked.answer).toMatchObject({ ok: false, code: 'unavailable' });
    expect(fixture.intake.read()[0]?.waiting).toBe(0);
  });
});
