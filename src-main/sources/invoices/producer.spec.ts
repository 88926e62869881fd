import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stoppable } from '../../lib/disposables.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { RecordingIntake, type RecordingStream } from '../nats/testing/recording-intake.ts';
import { Pace } from './pace.ts';
import { startProducer, type ProducerOptions } from './producer.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
let clock: VirtualClock;
let stream: RecordingStream;
let producer: Stoppable;
let produced: number;
let wake: () => void;

beforeEach(async () => {
  clock = new VirtualClock(NOON);
  stream = await new RecordingIntake(90).openStream({ name: 'simulator', createdAt: 0 });
  produced = 0;
  wake = () => undefined;
});
afterEach(async () => {
  await producer.stop();
  expect([clock.pending, stream.listeners]).toEqual([0, 0]);
});

function start(perSecond: number, options: Partial<ProducerOptions> = {}): void {
  const pace = new Pace(clock, perSecond);
  pace.run();
  producer = startProducer({
    clock,
    stream,
    pace: () => pace,
    left: () => 1000 - produced,
    make: (n, at) => new TextEncoder().encode(`${n} at ${at - NOON}`),
    onProduced: (count) => (produced += count),
    onWake: (listener) => {
      wake = listener;
      return () => (wake = () => undefined);
    },
    fail: () => undefined,
    ...options,
  });
}

describe('the producer', () => {
  it('offers invoice n as message n of the stream, published when it was made', async () => {
    stream.offeredSeq = 41;
    start(5);
    await clock.advance(400);
    expect(stream.messages).toEqual([
      { subject: 'invoice.issued', seq: 42, publishedAt: NOON + 200, body: '42 at 200' },
      { subject: 'invoice.issued', seq: 43, publishedAt: NOON + 400, body: '43 at 400' },
    ]);
  });

  it('offers no more than there is room for, and the rest when room has come back', async () => {
    stream.held = true;
    start(500);
    await clock.advance(1000);
    expect([produced, stream.room]).toEqual([90, 0]);
    stream.release();
    await clock.advance(3000);
    expect([produced, stream.repeated]).toEqual([1000, 0]);
  });

  it('stops at the end of the plan', async () => {
    start(5000);
    await clock.advance(60_000);
    expect(produced).toBe(1000);
  });

  it('does nothing more after it has failed, even when woken', async () => {
    const failures: unknown[] = [];
    start(5, {
      make: (n) => {
        if (n === 2) throw new Error('no more companies');
        return new Uint8Array();
      },
      fail: (error) => failures.push(error),
    });
    await clock.advance(1000);
    wake();
    await clock.advance(1000);
    expect([failures, produced]).toEqual([[new Error('no more companies')], 1]);
  });
});
