const COUNT_BYTES = 8;
const USER_BYTES = 4;
const ENTRY_BYTES = COUNT_BYTES + USER_BYTES;

/** Events of the users of one day, as columns: users by their numbers, which rise. */
export interface DayUsers {
  users: Uint32Array;
  events: Float64Array;
}

/** The columns of a blob that {@link packDayUsers} made, copied. Throws a RangeError for another. */
export function unpackDayUsers(blob: Uint8Array): DayUsers {
  const size = blob.byteLength / ENTRY_BYTES;
  if (!Number.isInteger(size)) {
    throw new RangeError(
      `users of a day take ${ENTRY_BYTES} bytes each, which ${blob.byteLength} bytes are not`,
    );
  }
  // A copy of its own begins where floats may.
  const { buffer } = Uint8Array.from(blob);
  return {
    events: new Float64Array(buffer, 0, size),
    users: new Uint32Array(buffer, size * COUNT_BYTES, size),
  };
}

/** A blob of the columns: all counts as 64-bit floats, then all users as 32-bit integers, as the processor has them: little-endian. */
export function packDayUsers({ users, events }: DayUsers): Uint8Array {
  const blob = new Uint8Array(users.length * ENTRY_BYTES);
  blob.set(new Uint8Array(events.buffer, events.byteOffset, events.byteLength));
  blob.set(new Uint8Array(users.buffer, users.byteOffset, users.byteLength), events.byteLength);
  return blob;
}

/** Adds counts by user to a day, which is changed; answers the day with the users that were new to it. */
export function mergeDayUsers(day: DayUsers, added: ReadonlyMap<number, number>): DayUsers {
  const fresh: [user: number, events: number][] = [];
  for (const [user, events] of added) {
    const place = placeOf(day.users, user);
    if (day.users[place] === user) day.events[place] = (day.events[place] ?? 0) + events;
    else fresh.push([user, events]);
  }
  return fresh.length === 0
    ? day
    : withFresh(
        day,
        fresh.sort(([a], [b]) => a - b),
      );
}

function withFresh(day: DayUsers, fresh: readonly (readonly [user: number, events: number])[]): DayUsers {
  const size = day.users.length + fresh.length;
  const users = new Uint32Array(size);
  const events = new Float64Array(size);
  let from = 0;
  let to = 0;
  for (const [user, count] of fresh) {
    const place = placeOf(day.users, user);
    users.set(day.users.subarray(from, place), to);
    events.set(day.events.subarray(from, place), to);
    to += place - from;
    users[to] = user;
    events[to] = count;
    to += 1;
    from = place;
  }
  users.set(day.users.subarray(from), to);
  events.set(day.events.subarray(from), to);
  return { users, events };
}

/** Where a user stands, or would. */
function placeOf(users: Uint32Array, user: number): number {
  let low = 0;
  let high = users.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((users[middle] ?? 0) < user) low = middle + 1;
    else high = middle;
  }
  return low;
}
