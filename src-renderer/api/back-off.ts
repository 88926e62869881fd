const FIRST_MS = 250;
const LONGEST_MS = 3000;

/**
 * How long to wait before the next attempt to connect, in milliseconds: doubling from 250, never over 3,000, the upper
 * half of it random so that many pages do not come back at the same moment.
 * @param attempt failed attempts so far, from 1.
 * @param random a number from 0 to 1.
 */
export function backOff(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
