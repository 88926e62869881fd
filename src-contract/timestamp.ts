import Type from 'typebox';

/** ISO 8601 in UTC with milliseconds, as every time outside the app: `2026-11-21T09:30:00.000Z`. */
export const Timestamp = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$',
  examples: ['2026-11-21T09:30:00.000Z'],
  description: 'ISO 8601 time',
});

/** Formats UTC milliseconds as {@link Timestamp}. */
export function toTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** {@link toTimestamp} for a time that may be unknown. */
export function toTimestampOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : toTimestamp(milliseconds);
}
