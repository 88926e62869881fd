/** A moment as UTC milliseconds or as the ISO 8601 text of the channels. */
export type Moment = number | string;

/** Days and months are written the way the words around them are: in English. */
const LOCALE = 'en-GB';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const FULL = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const;

const STYLES = {
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  minute: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  full: FULL,
  zoned: { ...FULL, timeZoneName: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/**
 * Ways to write a moment: `clock` 14:02:11, `minute` 14:02, `day` 21 Nov, `date` 21 Nov 2026, `full`
 * 21 Nov 2026, 14:02:11, and `zoned`, the same with the name of the zone.
 */
export type TimeStyle = keyof typeof STYLES;

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(style: TimeStyle, zone: string | undefined): Intl.DateTimeFormat {
  const key = `${style} ${zone ?? ''}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  // A session looks through a handful of zones; this only bounds it.
  if (formats.size >= 50) formats.clear();
  const format = new Intl.DateTimeFormat(LOCALE, {
    ...STYLES[style],
    timeZone: isTimeZone(zone) ? zone : undefined,
  });
  formats.set(key, format);
  return format;
}

/** Whether Intl knows a zone; undefined is the machine's own. */
export function isTimeZone(zone: string | undefined): boolean {
  try {
    return new Intl.DateTimeFormat(LOCALE, { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    // Intl says so by throwing a RangeError.
    return false;
  }
}

/** The UTC milliseconds of a moment. */
export function millisecondsOf(moment: Moment): number {
  return typeof moment === 'number' ? moment : Date.parse(moment);
}

/** Writes a moment in a zone; an unknown zone falls back to the machine's own. */
export function formatTime(moment: Moment, style: TimeStyle, zone: string | undefined): string {
  return dateFormat(style, zone).format(millisecondsOf(moment));
}

/** The clock time, with the day before it when that is not today. */
export function formatSince(moment: Moment, now: number, zone: string | undefined): string {
  const clock = formatTime(moment, 'clock', zone);
  const day = formatTime(moment, 'day', zone);
  return day === formatTime(now, 'day', zone) ? clock : `${day}, ${clock}`;
}

/** A span in its two largest units: `4 s`, `2 min 5 s`, `3 h 12 min`, `2 d 4 h`. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return pair(ms, MINUTE, 'min', SECOND, 's');
  if (ms < DAY) return pair(ms, HOUR, 'h', MINUTE, 'min');
  return pair(ms, DAY, 'd', HOUR, 'h');
}

function pair(ms: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((ms % large) / small);
  const whole = `${Math.floor(ms / large)} ${largeName}`;
  return rest === 0 ? whole : `${whole} ${rest} ${smallName}`;
}

/** How long ago, in the largest unit: `now`, `4 s ago`, `3 min ago`, `5 h ago`, `2 d ago`. */
export function formatAge(moment: Moment, now: number): string {
  const age = now - millisecondsOf(moment);
  if (age < SECOND) return 'now';
  const [unit, name] =
    age < MINUTE ? [SECOND, 's'] : age < HOUR ? [MINUTE, 'min'] : age < DAY ? [HOUR, 'h'] : [DAY, 'd'];
  return `${Math.floor(age / unit)} ${name} ago`;
}

/** Whole seconds until a moment, at least 0: for countdowns. */
export function secondsUntil(moment: Moment, now: number): number {
  return Math.max(0, Math.ceil((millisecondsOf(moment) - now) / SECOND));
}

/** A span measured in microseconds: `430 µs`, `4.3 ms`, `1.2 s`. */
export function formatMicroseconds(microseconds: number): string {
  if (microseconds < 1000) return `${Math.round(microseconds)} µs`;
  if (microseconds < 1_000_000) return `${(microseconds / 1000).toFixed(1)} ms`;
  return `${(microseconds / 1_000_000).toFixed(1)} s`;
}
