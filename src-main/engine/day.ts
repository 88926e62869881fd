/** Length of a day in milliseconds. */
export const DAY_MS = 86_400_000;

/** When the UTC day of a time began; both in UTC milliseconds. */
export function startOfDay(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}
