import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { EVENT_BODIES } from '../../../src-contract/event-bodies.ts';
import type { EventFamily } from '../../../src-contract/event-kinds.ts';
import { seededRandom } from '../../lib/random.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { RecordingStream, type Recorded } from '../nats/testing/recording-intake.ts';
import { DemoEvents } from './demo-events.ts';

/** A Monday, 10:00 UTC: people are busy. */
const MONDAY = Date.UTC(2026, 10, 23, 10);
const DAY = 86_400_000;
const PAST = 6000;

function start({ now = MONDAY, told = 0, limit = 10_000, seed = 7 } = {}) {
  const clock = new VirtualClock(now);
  const stream = new RecordingStream('people', 0, limit);
  stream.offeredSeq = told;
  const events = new DemoEvents({ stream, clock, random: seededRandom(seed) });
  return { clock, stream, events };
}

const count = (messages: readonly Recorded[], family: EventFamily): number =>
  messages.filter(({ subject }) => subject === family).length;
const occurred = ({ body }: Recorded): number =>
  Date.parse((JSON.parse(body) as { occurred_at: string }).occurred_at);

describe('the simulated people', () => {
  it('begin with two weeks of activity, the earliest first, more of it by day than at night', () => {
    const { stream } = start();
    expect(stream.messages).toHaveLength(PAST);
    const times = stream.messages.map(occurred);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(times[0]).toBeGreaterThan(MONDAY - 14 * DAY - 1);
    expect(times.at(-1)).toBeLessThan(MONDAY);
    const at = (from: number, to: number) =>
      times.filter((time) => new Date(time).getUTCHours() >= from && new Date(time).getUTCHours() < to)
        .length;
    expect(at(9, 12)).toBeGreaterThan(4 * at(1, 4));
  });

  it('make about 20 events and one activity a second by day, and far fewer at night', async () => {
    const day = start({ told: PAST, now: MONDAY });
    await day.clock.advance(60_000);
    const night = start({ told: PAST, now: MONDAY + 16 * 3_600_000 });
    await night.clock.advance(60_000);
    expect(count(day.stream.messages, 'analytics.event')).toBeGreaterThan(1200);
    expect(count(day.stream.messages, 'activity.recorded')).toBeGreaterThan(60);
    expect(count(night.stream.messages, 'analytics.event')).toBeLessThan(400);
  });

  it('say only what the schemas take, and the same for the same seed', async () => {
    const [one, other] = [start(), start()];
    for (const { clock } of [one, other]) await clock.advance(10_000);
    expect(one.stream.messages).toEqual(other.stream.messages);
    for (const { subject, body } of one.stream.messages) {
      expect(Check(EVENT_BODIES[subject as EventFamily], JSON.parse(body))).toBe(true);
    }
  });

  it('tell the rest of a past that was cut short, and none of it twice', () => {
    expect(start({ told: 5900 }).stream.messages).toHaveLength(100);
    expect(start({ told: PAST }).stream.messages).toHaveLength(0);
    expect(start({ told: PAST + 500 }).stream.messages).toHaveLength(0);
  });

  it('make nothing while there is no room, and nothing once they have stopped', async () => {
    const { clock, stream, events } = start({ told: PAST, limit: 10 });
    stream.held = true;
    await clock.advance(60_000);
    expect(stream.messages).toHaveLength(10);
    await events.stop();
    expect(clock.pending).toBe(0);
    expect(stream.listeners).toBe(0);
  });
});
