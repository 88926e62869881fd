/** Events of users of one day by the users' numbers. */
export type DayUsers = Map<number, number>;

const COUNT_BYTES = 8;
const USER_BYTES = 4;
const ENTRY_BYTES = COUNT_BYTES + USER_BYTES;

/** Packs the users of a day into a blob: all counts as 64-bit floats, then all users as 32-bit integers, little-endian. */
export function packDayUsers(users: DayUsers): Uint8Array {
  const blob = Buffer.alloc(users.size * ENTRY_BYTES);
  let index = 0;
  for (const [user, events] of users) {
    blob.writeDoubleLE(events, index * COUNT_BYTES);
    blob.writeUInt32LE(user, users.size * COUNT_BYTES + index * USER_BYTES);
    index += 1;
  }
  return blob;
}

/** Adds the users of a packed day to sums by user. Throws a RangeError for what {@link packDayUsers} did not make. */
export function addDayUsers(sums: DayUsers, blob: Uint8Array): void {
  if (blob.byteLength % ENTRY_BYTES !== 0) {
    throw new RangeError(
      `users of a day take ${ENTRY_BYTES} bytes each, which ${blob.byteLength} bytes are not`,
    );
  }
  const size = blob.byteLength / ENTRY_BYTES;
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  for (let index = 0; index < size; index += 1) {
    const user = view.getUint32(size * COUNT_BYTES + index * USER_BYTES, true);
    sums.set(user, (sums.get(user) ?? 0) + view.getFloat64(index * COUNT_BYTES, true));
  }
}
