import { describe, expect, it } from 'vitest';
import { OTHER_NAME } from '../../../src-contract/activity-store.ts';
import { ActivityUsers } from './activity-users.ts';

const DAY = 24 * 60 * 60_000;
const TODAY = Date.UTC(2026, 10, 21);
const CAP = 10;

function named(users: ActivityUsers): string[] {
  return users.take().map(({ day, user, events }) => `${(day - TODAY) / DAY} ${user} ${events}`);
}

describe('ActivityUsers', () => {
  it('counts users beyond the cap of their day as others, those of a restart included', () => {
    const known = Array.from({ length: CAP - 1 }, (_, index) => `u${index}`);
    const users = new ActivityUsers([{ day: TODAY, names: [...known, OTHER_NAME] }], CAP);
    for (const user of ['u3', 'ada', 'bob', 'eve', 'ada']) users.add(TODAY + 1, user);
    users.add(TODAY + DAY, 'bob');
    expect(named(users)).toEqual(['0 u3 1', '0 ada 2', `0 ${OTHER_NAME} 2`, '1 bob 1']);
    expect(users.pending).toBe(0);
  });

  it('remembers the users of the newest two days, and no more than four full days of them', () => {
    const users = new ActivityUsers([], CAP);
    for (let day = 0; day < 50; day += 1) {
      for (let user = 0; user < CAP; user += 1) users.add(TODAY - day * DAY, `u${user}`);
      expect(users.remembered).toBeLessThanOrEqual(4 * CAP);
    }
    users.take();
    for (const day of [0, -1, -30]) users.add(TODAY + day * DAY, 'new');
    expect(named(users)).toEqual(['-30 new 1', `-1 ${OTHER_NAME} 1`, `0 ${OTHER_NAME} 1`]);
  });
});
