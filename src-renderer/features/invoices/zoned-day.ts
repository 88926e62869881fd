import { zoneOffset } from '../../ui/charts/zone-offset.ts';

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

/**
 * The moment at which a day begins in a zone, or, `daysLater`, another day after it; a full time is taken as it is.
 * @param text `2026-11-21` or `2026-11-21T09:30:00.000Z`.
 * @param zone undefined is the machine's own.
 * @returns UTC milliseconds, or null when the text is neither.
 */
export function momentOf(text: string, daysLater: number, zone: string | undefined): number | null {
  if (TIME.test(text)) {
    const at = Date.parse(text);
    return Number.isNaN(at) ? null : at;
  }
  const [, year, month, day] = DAY.exec(text) ?? [];
  const clock = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (day === undefined || Number.isNaN(clock)) return null;
  // 31 February and its like would quietly become another day.
  if (new Date(clock).toISOString().slice(0, 10) !== text) return null;
  const wanted = Date.UTC(Number(year), Number(month) - 1, Number(day) + daysLater);
  // The offset at the guess may be that before a change of the clocks.
  const guess = wanted - zoneOffset(wanted, zone);
  return wanted - zoneOffset(guess, zone);
}

/**
 * The day to show for a moment that a filter holds.
 * @param daysEarlier 1 for the end of a range, which is the beginning of the day after it.
 */
export function dayOf(at: number, daysEarlier: number, zone: string | undefined): string {
  const clock = new Date(at + zoneOffset(at, zone));
  clock.setUTCDate(clock.getUTCDate() - daysEarlier);
  return clock.toISOString().slice(0, 10);
}

/** Text of a field for a moment: its day when it is the beginning of one in this zone, else the full time. */
export function fieldTextOf(at: number, daysEarlier: number, zone: string | undefined): string {
  const day = dayOf(at, daysEarlier, zone);
  return momentOf(day, daysEarlier, zone) === at ? day : new Date(at).toISOString();
}
