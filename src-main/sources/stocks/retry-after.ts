/**
 * Reads a Retry-After header: seconds, or an HTTP date.
 * @param now UTC milliseconds.
 * @returns milliseconds to wait; null when there is no such header or it says neither.
 */
export function parseRetryAfter(value: string | string[] | undefined, now: number): number | null {
  const text = (Array.isArray(value) ? value[0] : value)?.trim();
  if (text === undefined || text === '') return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Date.parse would take a year, or a negative number, for a date.
  const at = /^[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
