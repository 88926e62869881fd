import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { PlainBacklog } from './plain-backlog.ts';
import { RecordingStream } from './testing/recording-intake.ts';

const LOST = 'arrived faster than they could be stored; without a stream they are lost';

function setUp(limits: { messages?: number; bytes?: number } = {}) {
  const clock = new VirtualClock(1000);
  const intake = new RecordingStream('plain subscription', 0, 2);
  const backlog = new PlainBacklog(intake, clock, limits);
  const take = (...texts: string[]): void => {
    for (const text of texts) backlog.take('a', Buffer.from(text), clock.now());
  };
  return { clock, intake, backlog, take };
}

describe('PlainBacklog', () => {
  it('hands over at once while there is room, with the time of receipt', async () => {
    const { clock, intake, take } = setUp();
    take('1');
    await clock.advance(5);
    take('2');
    expect(intake.messages).toEqual([
      { subject: 'a', seq: 1, publishedAt: 1000, body: '1' },
      { subject: 'a', seq: 2, publishedAt: 1005, body: '2' },
    ]);
  });

  it('keeps what finds no room, in order, and hands it over when there is some', () => {
    const { intake, backlog, take } = setUp();
    intake.held = true;
    take('1', '2', '3', '4', '5');
    expect([intake.bodies, backlog.size]).toEqual([['1', '2'], 3]);
    intake.release();
    take('6');
    expect(intake.bodies).toEqual(['1', '2', '3', '4', '5', '6']);
    expect([intake.gaps, backlog.troubles]).toEqual([[], []]);
  });

  it('confirms what this instance published, at once or later, and each has its place', () => {
    const { intake, backlog, take } = setUp();
    const own = (): void => backlog.take('a', Buffer.from('own'), 1000, true);
    own();
    intake.held = true;
    take('2', '3', '4');
    own();
    expect([intake.confirmed, backlog.size]).toEqual([[1], 2]);
    intake.release();
    expect(intake.messages.map(({ seq }) => seq)).toEqual([2, 3, 4]);
    expect([intake.confirmed, backlog.received]).toEqual([[1, 5], 5]);
  });

  it.each([
    ['messages', { messages: 2 }],
    ['bytes', { bytes: 3 }],
  ])('loses what exceeds its limit of %s, records it at its place and says so', (_, limits) => {
    const { intake, backlog, take } = setUp(limits);
    intake.held = true;
    take('1', '2', '3', '4', '55', '66');
    intake.release();
    take('7');
    expect(intake.bodies).toEqual(['1', '2', '3', '4', '7']);
    expect(intake.gaps).toEqual([{ firstSeq: 5, lastSeq: 6, reason: LOST }]);
    expect(intake.messages.at(-1)?.seq).toBe(7);
    expect(backlog.troubles).toEqual([`2 messages ${LOST}`]);
    expect(backlog.received).toBe(7);
  });

  it('waits at its end for room, but not for ever', async () => {
    const { clock, intake, backlog, take } = setUp();
    intake.held = true;
    take('1', '2', '3', '4');
    const stopped = backlog.stop();
    await clock.advance(1000);
    await stopped;
    expect(intake.bodies).toEqual(['1', '2']);
    expect(intake.gaps).toEqual([{ firstSeq: 3, lastSeq: 4, reason: LOST }]);
    expect([intake.listeners, clock.pending, backlog.size]).toEqual([0, 0, 0]);
  });

  it('hands the rest over at its end when there is room in time', async () => {
    const { clock, intake, backlog, take } = setUp();
    intake.held = true;
    take('1', '2', '3');
    const stopped = backlog.stop();
    await clock.advance(500);
    intake.release();
    await stopped;
    expect(intake.bodies).toEqual(['1', '2', '3']);
    expect([intake.gaps, clock.pending]).toEqual([[], 0]);
  });
});
