import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeDayUsers, packDayUsers, unpackDayUsers, type DayUsers } from './day-users.ts';
import { UserSums } from './user-sums.ts';

const counts = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 2 ** 45 })), {
  maxLength: 30,
});
const days = fc.array(fc.array(counts, { maxLength: 4 }), { maxLength: 5 });

function summed(entries: readonly (readonly [number, number])[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const [user, events] of entries) sums.set(user, (sums.get(user) ?? 0) + events);
  return sums;
}

/** A day out of several additions, through its blob each time, as the store has it. */
function dayOf(slices: readonly (readonly [number, number][])[]): DayUsers {
  let blob: Uint8Array = new Uint8Array(0);
  for (const slice of slices) {
    const added = new Map([...summed(slice)]);
    blob = packDayUsers(mergeDayUsers(unpackDayUsers(blob), added));
  }
  return unpackDayUsers(blob);
}

describe('users of days', () => {
  it('keep every count through any additions, by rising numbers', () => {
    fc.assert(
      fc.property(fc.array(counts), (slices) => {
        const { users, events } = dayOf(slices);
        const expected = [...summed(slices.flat())].sort(([a], [b]) => a - b);
        expect(Array.from(users, (user, index) => [user, events[index]])).toEqual(expected);
      }),
    );
  });

  it('add up over days, whichever of their numbers lie where they were expected', () => {
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (all, first, last, limit) => {
          const sums = new UserSums({ first, last });
          for (const slices of all) sums.add(dayOf(slices));
          const expected = [...summed(all.flat(2))].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
          expect(sums.from(1).sort((a, b) => b[1] - a[1] || a[0] - b[0])).toEqual(expected);
          expect(sums.least(limit)).toBe(expected[limit - 1]?.[1] ?? 0);
        },
      ),
    );
  });
});
