import { describe, expect, it } from 'vitest';
import { UserSketches } from './user-sketches.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The beginning of an hour. */
const START = Date.UTC(2026, 10, 21, 9);
const NONE = { users: [], everUsers: null };

describe('UserSketches', () => {
  it('counts a late user for the shortest time that is still kept', () => {
    const users = new UserSketches(NONE, START);
    users.add(START - 2 * HOUR, 'late');
    users.add(START - 48 * HOUR, 'later');
    expect(users.distinct('1m', START - HOUR, START)).toBe(0);
    expect(users.distinct('1h', START - 24 * HOUR, START)).toBe(1);
    expect(users.distinctEver()).toBe(2);
  });

  it('keeps a bounded number of sketches, whatever times events have', () => {
    const users = new UserSketches(NONE, START);
    for (let minute = -5000; minute < 5000; minute += 1) users.add(START + minute * MINUTE, `u${minute}`);
    let minutes = 0;
    for (let minute = -5000; minute < 5000; minute += 1) {
      if (users.minute(START + minute * MINUTE) !== null) minutes += 1;
    }
    expect(minutes).toBeLessThanOrEqual(68);
    expect(users.take().users.length).toBeLessThanOrEqual(26);
  });

  it('hands out the hours that changed once, and knows them again', () => {
    const users = new UserSketches(NONE, START);
    users.add(START, 'ada');
    users.add(START - HOUR, 'bob');
    const taken = users.take();
    expect(taken.users.map(({ hour }) => hour)).toEqual([START, START - HOUR]);
    expect(users.take()).toEqual(NONE);
    const again = new UserSketches(taken, START);
    again.add(START, 'ada');
    again.add(START, 'eve');
    expect([again.distinct('1h', START - 24 * HOUR, START), again.distinctEver()]).toEqual([3, 3]);
  });

  it('is not changed by a clock that goes back', () => {
    const users = new UserSketches(NONE, START);
    users.add(START, 'ada');
    users.moveTo(START - 48 * HOUR);
    users.add(START - 48 * HOUR, 'bob');
    expect(users.take().users.map(({ hour }) => hour)).toEqual([START]);
  });

  it('marks a sketch as changed also by users that come right after it was taken', () => {
    const users = new UserSketches(NONE, START);
    users.add(START, 'ada');
    users.take();
    users.add(START, 'bob');
    expect(users.take().users).toHaveLength(1);
  });
});
