/** The numbers of days that can be looked at. */
const DAYS = ['7', '14', '30', '90'] as const;
/** A number of days as the choice writes it. */
export type PeriodDays = (typeof DAYS)[number];

/** The period that is shown unless the address names another. */
const USUAL: PeriodDays = '30';

/** The periods to choose from. */
export const PERIOD_CHOICES = DAYS.map((value) => ({ value, label: `${value} days` }));

/** The period an address asks for; what names none is the usual one. */
export function periodOf(query: string): PeriodDays {
  const asked = new URLSearchParams(query).get('days');
  return DAYS.find((days) => days === asked) ?? USUAL;
}

/** The query that asks for a period; empty for the usual one. */
export function queryOfPeriod(days: PeriodDays): string {
  return days === USUAL ? '' : `?days=${days}`;
}
